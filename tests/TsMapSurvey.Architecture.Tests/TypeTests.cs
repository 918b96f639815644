using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.xUnitV3;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace TsMapSurvey.Architecture.Tests;

[Trait("Pace", "slow")]
public sealed partial class TypeTests
{
    private static readonly string[] Science =
        ["Fits", "Sky", "Likelihood", "Tables", "Maps", "Events", "Models", "Estimators", "Surveys", "Simulation", "Hips"];

    [Fact]
    public void Science_knows_no_actors_no_web_and_no_logging() =>
        DoNotDependOn(Science, @"Orleans|Microsoft\.AspNetCore|Microsoft\.Extensions\.Logging").Check(Compiled.Everything);

    [Fact]
    public void Science_asks_no_clock_and_never_sleeps() =>
        Offenders.None("clocks and sleeps in science", Compiled.Uses(Science).Where(AsksClock).Select(Text));

    [Fact]
    public void A_grain_computes_nothing() => Offenders.None("computing in Grains", Compiled.Uses(["Grains"]).Where(Computes).Select(Text));

    [Fact]
    public void The_rules_see_an_offender()
    {
        var own = Compiled.Uses(["Architecture.Tests"]).Where(use => use.By.Contains(nameof(Offending), StringComparison.Ordinal)).ToList();

        Assert.Equal(["DateTime.get_UtcNow", "Stopwatch.GetTimestamp", "Thread.Sleep"], Calls(own.Where(AsksClock)));
        Assert.False(DoNotDependOn(["Architecture.Tests"], "Xunit").HasNoViolations(Compiled.Everything));
        Assert.Equal(["Math.Sqrt", "Vector128.Create", "Vector128.Sum"], Calls(own.Where(Computes)));
    }

    private static ArchRule<IType> DoNotDependOn(IEnumerable<string> projects, string namespaces) =>
        Types().That().ResideInAssemblyMatching($@"^TsMapSurvey\.({string.Join('|', projects)})(,|$)")
            .Should().NotDependOnAny(Types(true).That().ResideInNamespaceMatching($@"^({namespaces})(\.|$)"))
            .WithoutRequiringPositiveResults();

    private static IEnumerable<string> Calls(IEnumerable<Use> uses) =>
        uses.Where(use => use.Member is not null).Select(use => $"{use.Type.Split('.')[^1]}.{use.Member!.Split('(')[0]}").Distinct()
            .Order(StringComparer.Ordinal);

    private static string Text(Use use) => use.ToString();

    private static bool AsksClock(Use use) => Clock().IsMatch($"{use.Type}.{use.Member}");

    private static bool Computes(Use use) => Computing().IsMatch(use.Type);

    [GeneratedRegex(
        @"^System\.(DateTime(Offset)?\.get_(Now|UtcNow|Today)|Threading\.Thread\.Sleep|Threading\.Tasks\.Task\.Delay|"
        + @"Environment\.get_TickCount|Diagnostics\.Stopwatch\.)")]
    private static partial Regex Clock();

    [GeneratedRegex(@"^(System\.MathF?$|System\.Runtime\.Intrinsics\.|System\.Numerics\.(Vector|Tensors\.)|MathNet\.)")]
    private static partial Regex Computing();

    /// <summary>What the rules forbid, where they can be seen to find it; also inside lambdas and asynchronous methods.</summary>
    private static class Offending
    {
        public static DateTime Now() => DateTime.UtcNow;

        public static Func<double, double> Lambda() => value => Math.Sqrt(value);

        public static async Task<long> LaterAsync()
        {
            await Task.Yield();
            Thread.Sleep(0);
            return System.Runtime.Intrinsics.Vector128.Sum(System.Runtime.Intrinsics.Vector128.Create(1L))
                + System.Diagnostics.Stopwatch.GetTimestamp();
        }
    }
}
