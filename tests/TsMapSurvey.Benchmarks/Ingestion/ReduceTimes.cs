using System.Diagnostics;
using System.Globalization;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;
using TsMapSurvey.Testing;

namespace TsMapSurvey.Benchmarks.Ingestion;

/// <summary>
/// From event files (DL3) to a stacked image, one after the other on one thread of a warm process: reading, safe range and background norm,
/// reduction, stacking.
/// </summary>
internal static class ReduceTimes
{
    private const int Rounds = 6;

    private const string Survey = """
        { "name": "reduce", "tiling": { "kind": "grid", "frame": "galactic", "projection": "CAR", "pixelSizeDeg": 0.04, "widthDeg": 360,
          "heightDeg": 40 }, "energyAxis": { "minTeV": 0.6, "maxTeV": 30, "bins": 6 },
          "trueEnergyAxis": { "minTeV": 0.3, "maxTeV": 60, "bins": 12 }, "maps": { "point": { "spatial": "point" } },
          "events": { "offsetMaxDeg": 2.3 } }
        """;

    /// <summary>Median milliseconds for an observation, by phase and in all (reduced).</summary>
    public static void Print()
    {
        var survey = Surveys.Survey.Resolve(SurveyDefinition.Parse(Survey));
        var reduction = new EventReduction(survey, null);
        byte[][] files =
            [.. Directory.GetFiles(Shared.Path("data", "hess-dl3-rxj1713"), "hess_*.fits.gz").Order().Select(File.ReadAllBytes)];
        var phases = new[] { "read", "range", "maps", "stack", "reduced" }.ToDictionary(name => name, _ => new List<double>());
        var image = survey.Grid;
        image.TryPixelOf(new SkyPosition(347.32, -0.4, SkyFrame.Galactic), out int x, out int y);
        DatasetStack? stack = null;
        for (var round = 0; round < Rounds; round++)
            foreach (var bytes in files)
            {
                var (began, last) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
                void Ends(string phase)
                {
                    phases[phase].Add(Stopwatch.GetElapsedTime(last).TotalMilliseconds);
                    last = Stopwatch.GetTimestamp();
                }

                using var file = FitsFile.Open(new MemoryStream(bytes), "events", EventFile.Limits);
                var observation = EventFile.Read(file);
                Ends("read");
                var range = reduction.RangeOf(observation);
                Ends("range");
                stack ??= new DatasetStack(
                    image.Cutout(x - 150, y - 125, 300, 250), reduction.Reduce(observation, reduction.FieldOf(observation), range));
                var dataset = reduction.Reduce(observation, stack.Geometry, range);
                Ends("maps");
                stack.Add(dataset);
                Ends("stack");
                phases["reduced"].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

        foreach (var (phase, milliseconds) in phases)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{phase} {WarmTimes.Median(milliseconds):0.00}"));
    }
}
