using System.Globalization;
using TsMapSurvey.Cli.Terminal;
using TsMapSurvey.Simulation;

namespace TsMapSurvey.Cli.Demo;

internal sealed record DemoOutcome(MatchReport Match, int Stacked, int Quarantined, TimeSpan Elapsed)
{
    private int Sources => Match.Recovered.Count + Match.Missed.Count;

    public object Summary() => new
    {
        Sources,
        Recovered = Match.Recovered.Count,
        Missed = Match.Missed.Select(source => source.Name),
        Spurious = Match.Spurious.Count,
        Farthest = Largest(found => found.PositionSigmas),
        MostDifferentFlux = Largest(found => Math.Abs(found.FluxSigmas)),
        Stacked,
        Quarantined,
        Seconds = Elapsed.TotalSeconds,
    };

    /// <param name="inSigmas">Whether the table has fluxes, and differences in standard deviations, instead of Galactic positions.</param>
    public void Print(bool inSigmas)
    {
        if (inSigmas) PrintPulls();
        else PrintOffsets();
        foreach (var missed in Match.Missed)
            Report.Paragraph(
                string.Create(CultureInfo.InvariantCulture, $"not found: {missed.Name}, expected sqrt_ts {missed.ExpectedSqrtTs:0.0}"));
        Report.Paragraph(string.Create(CultureInfo.InvariantCulture,
            $"{Match.Recovered.Count} of {Sources} sources recovered, {Match.Spurious.Count} spurious peaks above sqrt_ts 5; {Stacked} "
                + $"observations stacked, {Quarantined} quarantined, {Elapsed.TotalSeconds:0} s"));
    }

    private void PrintPulls()
    {
        Report.Table(
            ["source", "simulated flux", "found flux", "flux (sigma)", "expected sqrt_ts", "found sqrt_ts", "position (sigma)"],
            Match.Recovered.Select(found => (IReadOnlyList<string>)
            [
                found.Source.Name, Number(found.Source.Flux, "0.00e+0"), Number(found.Peak.Flux, "0.00e+0"),
                Number(found.FluxSigmas, "+0.0;-0.0;0.0"),
                Number(found.Source.ExpectedSqrtTs, "0.0"), Number(found.Peak.SqrtTs, "0.0"), Number(found.PositionSigmas, "0.0"),
            ]));
        Report.Paragraph("position: how unlikely the distance from the source is, in standard deviations of a normal number");
    }

    private void PrintOffsets() =>
        Report.Table(
            ["source", "l (deg)", "b (deg)", "simulated flux", "expected sqrt_ts", "found sqrt_ts", "offset (deg)"],
            Match.Recovered.Select(found => (IReadOnlyList<string>)
            [
                found.Source.Name, Number(found.Source.LonDeg, "0.00"), Number(found.Source.LatDeg, "0.00"),
                Number(found.Source.Flux, "0.00e+0"),
                Number(found.Source.ExpectedSqrtTs, "0.0"), Number(found.Peak.SqrtTs, "0.0"), Number(found.SeparationDeg, "0.000"),
            ]));

    /// <summary>Null if no source was recovered, or the server does not know the errors.</summary>
    private double? Largest(Func<RecoveredSource, double> sigmas) =>
        Match.Recovered.Select(sigmas).Where(double.IsFinite).Select(value => (double?)value).Max();

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
