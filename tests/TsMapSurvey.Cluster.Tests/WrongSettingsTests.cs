namespace TsMapSurvey.Cluster.Tests;

/// <summary>A server that cannot be in its cluster says why in one line and ends.</summary>
public sealed class WrongSettingsTests
{
    [Theory]
    [InlineData("Clustering:Kind: found 'zookeeper', expected 'localhost', 'redis' or 'postgres'", "--clustering", "zookeeper")]
    [InlineData("Clustering:Connection: found nothing, expected HOST:PORT", "--clustering", "redis")]
    [InlineData("Clustering:Connection: found another format; expected Host=", "--clustering", "postgres",
        "--cluster-connection", "127.0.0.1:5432,password=secret")]
    [InlineData("Clustering:Connection: found a connection string, expected none for the clustering 'localhost'", "--cluster-connection",
        "127.0.0.1:1,password=secret")]
    [InlineData("Clustering:Connection: redis at 127.0.0.1:1: ", "--clustering", "redis", "--cluster-connection",
        "127.0.0.1:1,password=secret,abortConnect=false")]
    [InlineData("Clustering:Connection: postgres at 127.0.0.1:1, database d: ", "--clustering", "postgres", "--cluster-connection",
        "Host=127.0.0.1;Port=1;Database=d;Username=u;Password=secret")]
    [InlineData("Silo:Address: found '0.0.0.0', expected an IP address", "--silo-address", "0.0.0.0")]
    public void What_cannot_be_is_said_in_one_line(string line, params string[] arguments) => AssertTold(line, arguments);

    [Fact]
    public async Task A_database_that_is_not_there_is_named()
    {
        var connection = (await PostgresServer.NeedAsync()).NewDatabase()
            .Replace("Database=test", "Database=none", StringComparison.Ordinal);
        AssertTold("does not exist", "--clustering", "postgres", "--cluster-connection", connection);
    }

    private static void AssertTold(string line, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var result = Tsmap.Run(["serve", "--store", folder.File("store"), "--urls", "http://127.0.0.1:0", .. arguments]);
        Assert.Equal(2, result.ExitCode);
        var told = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(line, told, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told, StringComparison.Ordinal);
    }
}
