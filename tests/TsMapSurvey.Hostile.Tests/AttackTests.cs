namespace TsMapSurvey.Hostile.Tests;

/// <summary>The table of attacks on one running server, which has to stay well under each.</summary>
public sealed class AttackTests(AttackTests.Target target) : IClassFixture<AttackTests.Target>
{
    private static readonly Dictionary<string, Attack> Table = new Attack[][]
    {
        PathAttacks.Rows, ValueAttacks.Rows, BodyAttacks.Rows, DefinitionAttacks.Rows, ConnectionAttacks.Rows, BrowserAttacks.Rows,
        KeyAttacks.Rows, WebhookAttacks.Rows, FileAttacks.Rows,
    }.SelectMany(rows => rows).ToDictionary(attack => attack.Name);

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_server_refuses_what_is_wrong_and_stays_well(string attack)
    {
        var (server, token) = (target.Server, TestContext.Current.CancellationToken);
        server.ForgetPeak();
        await Table[attack].Play(server, token);
        await server.AssertWellAsync(token);
    }

    [Fact]
    public void The_table_has_sixty_attacks() => Assert.True(Table.Count >= 60, $"{Table.Count}");

    /// <summary>A server with two surveys of four stacked observations, whose maps are made.</summary>
    public sealed class Target : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        internal HostileServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var store = _folder.File("store");
            StoreTemplate.CopyTo(store);
            Server = new HostileServer(store, SmallSky.Definitions);
            await StoreTemplate.Right.AssertServedAsync(Server, CancellationToken.None);
        }

        public ValueTask DisposeAsync()
        {
            Server?.Dispose();
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
