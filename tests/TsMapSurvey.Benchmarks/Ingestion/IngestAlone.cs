using System.Diagnostics;
using System.Globalization;
using TsMapSurvey.Estimators;
using TsMapSurvey.Fits;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Benchmarks.Ingestion;

/// <summary>
/// What a server has to do before the maps of one more observation are there, and nothing else: decode it, add it to the stacks of its
/// tiles, and fit their maps from scratch, one after the other in a warm process. Nothing is stored.
/// </summary>
internal static class IngestAlone
{
    private const int Rounds = 4;

    /// <summary>Median milliseconds of decoding and stacking, and of all, with so many threads at the maps.</summary>
    public static void Print(int threads)
    {
        var survey = Survey.Resolve(SurveyDefinition.Parse(IngestPhases.Survey));
        var estimator = new TsMapEstimator(survey.Maps["point"] with { NJobs = threads });
        var files = IngestPhases.Files().Select(File.ReadAllBytes).ToArray();
        var template = StackTemplate.Of(Decode(files[0]));
        var stacks = new Dictionary<Sky.TileId, DatasetStack>();
        List<double> stacked = [], all = [];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var file in files)
            {
                var began = Stopwatch.GetTimestamp();
                var observation = Decode(file);
                var tiles = survey.TilesOf(observation).ToArray();
                foreach (var tile in tiles)
                {
                    if (!stacks.TryGetValue(tile, out var stack))
                        stacks[tile] = stack = new DatasetStack(survey.GridWithHalo(tile), template);
                    stack.Add(observation);
                }

                stacked.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                foreach (var tile in tiles) Fit(estimator, stacks[tile], survey.OwnedPixels(tile).Box);
                all.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"alone-stacked {WarmTimes.Median(stacked):0.0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"alone {WarmTimes.Median(all):0.0}"));
    }

    private static void Fit(TsMapEstimator estimator, DatasetStack stack, Sky.PixelRegion owned)
    {
        try
        {
            estimator.Run([stack.ToDataset("alone")], region: owned);
        }
        catch (MapException)
        {
            // A tile of which nothing is safe: the server finds that out too.
        }
    }

    private static MapDataset Decode(byte[] content)
    {
        using var file = FitsFile.Open(new MemoryStream(content, writable: false), "observation");
        return MapDatasetFile.Read(file);
    }
}
