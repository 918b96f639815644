using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Simulation;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Chaos;

/// <summary>One content of an observation: other counts of the same sky.</summary>
internal sealed record SampleVersion(string Name, string File, byte[] Bytes, string Hash, MapDataset Dataset);

/// <summary>A small survey, and some versions of each of its observations: made once, the same every time.</summary>
internal sealed class Samples
{
    public const int Observations = 6;
    public const int Versions = 3;

    private readonly SampleVersion[,] _versions = new SampleVersion[Observations, Versions];

    public Samples(string folder)
    {
        DefinitionFile = Path.Combine(folder, "survey.json");
        Survey = Survey.Resolve(new SurveyDefinition
        {
            Name = "chaos",
            Tiling = new TilingDefinition
            {
                Frame = "galactic",
                Projection = "CAR",
                PixelSizeDeg = 0.2,
                WidthDeg = 9.6,
                HeightDeg = 6.4,
                CentreLonDeg = 340,
                TilePixels = 16
            },
            EnergyAxis = AxisDefinition.LogBins(0.6, 30, 2),
            TrueEnergyAxis = AxisDefinition.LogBins(0.3, 60, 4),
            Maps = new Dictionary<string, MapDefinition> { ["point"] = MapDefinition.Parse("""{ "kernelWidthDeg": 1 }""") },
        });
        Directory.CreateDirectory(folder);
        System.IO.File.WriteAllText(DefinitionFile, Survey.Definition.ToJson());
        for (var version = 0; version < Versions; version++)
        {
            var simulated = new SimulatedSurvey(Survey, new SimulationOptions(Observations, Sources: 2, Seed: version + 1));
            var place = Directory.CreateDirectory(Path.Combine(folder, version.ToString(CultureInfo.InvariantCulture))).FullName;
            foreach (var observation in simulated.Observations())
            {
                var file = Path.Combine(place, observation.FileName);
                MapDatasetFile.Write(file, observation.Dataset);
                var bytes = System.IO.File.ReadAllBytes(file);
                _versions[observation.Index, version] =
                    new SampleVersion(observation.FileName, file, bytes, Md5(bytes), MapDatasetFile.Read(file));
            }
        }
    }

    public Survey Survey { get; }

    public string DefinitionFile { get; }

    public SampleVersion this[int observation, int version] => _versions[observation, version];

    /// <summary>The version of a content; null where it is none of ours.</summary>
    public SampleVersion? Find(string name, string? hash) =>
        _versions.Cast<SampleVersion>().FirstOrDefault(one => one.Name == name && one.Hash == hash);

    [SuppressMessage("Security", "CA5351", Justification = "what the store tells versions apart by; no protection against anybody")]
    private static string Md5(byte[] bytes) => Convert.ToBase64String(MD5.HashData(bytes));
}
