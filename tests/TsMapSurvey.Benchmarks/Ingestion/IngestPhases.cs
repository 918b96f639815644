using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Surveys;
using TsMapSurvey.Testing;

namespace TsMapSurvey.Benchmarks.Ingestion;

/// <summary>
/// What one observation costs on its way into the stacks of its tiles, phase by phase, on one core; the H.E.S.S. observations of the
/// shared data.
/// </summary>
internal static class IngestPhases
{
    private const int Rounds = 8;
    private static readonly FitsLimits Limits = new() { MaxDecompressedBytes = 1L << 29, MaxHduBytes = 1L << 29, MaxArrayBytes = 1L << 29 };

    public static string Survey => """
        { "name": "hess-rxj1713",
          "tiling": { "kind": "grid", "frame": "galactic", "projection": "CAR", "pixelSizeDeg": 0.04, "widthDeg": 360, "heightDeg": 40,
              "tilePixels": 128 },
          "energyAxis": { "minTeV": 0.6, "maxTeV": 30, "bins": 6 }, "trueEnergyAxis": { "minTeV": 0.3, "maxTeV": 60, "bins": 12 },
          "maps": { "point": { "spatial": "point", "index": 2, "kernelWidthDeg": 0.6 } } }
        """;

    /// <summary>The shared data's observations.</summary>
    public static string[] Files() =>
        [.. Directory.GetFiles(Shared.Path("data", "hess-rxj1713"), "obs_*.fits.gz").Order(StringComparer.Ordinal)];

    public static void Print()
    {
        var survey = Surveys.Survey.Resolve(SurveyDefinition.Parse(Survey));
        var files = Files().Select(File.ReadAllBytes).ToArray();
        var template = StackTemplate.Of(Decode(files[0]));
        var stacks = new Dictionary<string, DatasetStack>();
        List<(string Name, Action<byte[]> Run)> phases =
        [
            ("unfold", Unfold),
            ("SHA-256", file => _ = SHA256.HashData(file)),
            ("decode", file => _ = Decode(file)),
        ];
        MapDataset? observation = null;
        phases.Add(("check", _ => survey.Check(observation!)));
        phases.Add(("plan", file =>
        {
            new DatasetStack(observation!.Grid.Cutout(0, 0, 1, 1), template).Add(observation);
            _ = survey.TilesOf(observation);
        }
        ));
        phases.Add(("stack", _ =>
        {
            foreach (var tile in survey.TilesOf(observation!))
            {
                if (!stacks.TryGetValue(tile.ToString(), out var stack))
                    stacks[tile.ToString()] = stack = new DatasetStack(survey.GridWithHalo(tile), template);
                stack.Add(observation!);
            }
        }
        ));
        phases.Add(("checkpoint", _ =>
        {
            using var content = new MemoryStream();
            stacks.Values.First().Write(content);
        }
        ));
        foreach (var (name, run) in phases)
        {
            var times = new List<double>();
            var allocated = 0L;
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var file in files)
                {
                    observation = name is "unfold" or "SHA-256" or "decode" ? null : Decode(file);
                    var (before, began) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
                    run(file);
                    times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }

            times.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-10} {times[times.Count / 2],7:0.00} ms (min {times[0]:0.00}), {allocated / 1024.0,8:0} KiB allocated"));
        }

        Console.WriteLine($"{stacks.Count} tiles in all");
    }

    private static MapDataset Decode(byte[] content)
    {
        using var file = FitsFile.Open(new MemoryStream(content, writable: false), "observation", Limits);
        return MapDatasetFile.Read(file);
    }

    private static void Unfold(byte[] content)
    {
        using var stream = new GZipStream(new MemoryStream(content, writable: false), CompressionMode.Decompress);
        var buffer = new byte[1 << 17];
        while (stream.Read(buffer) > 0)
        {
        }
    }
}
