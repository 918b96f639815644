using TsMapSurvey.Events.Given;
using TsMapSurvey.Events.Reading;
using TsMapSurvey.Events.Reduction;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Events.Tests;

/// <summary>Hand-made event lists with given maps, written, read and reduced.</summary>
internal static class GivenReductions
{
    public static ReductionTarget Target { get; } = ReductionTarget.Of(GivenFiles.Image, GivenFiles.Energy, GivenFiles.EnergyTrue);

    public static GivenMaps Maps(Func<string, string> path, params string[] backgrounds) =>
        GivenMaps.Read(path("exposure.fits"), [.. backgrounds.Select(path)], path("psf.fits"));

    public static MapDataset Reduce(GivenFiles files, params string[] backgrounds) => Reduce(files, Target, null, backgrounds);

    public static MapDataset Reduce(GivenFiles files, ReductionTarget target, double? totalTimeS, params string[] backgrounds)
    {
        using var folder = new TemporaryFolder();
        string File(string name) => folder.File(name);
        files.Write(File);
        var observation = EventFile.ReadEvents(File("events.fits"));
        return GivenReducer.Reduce(observation, Maps(File, backgrounds), GivenReducer.ShareOf(observation, totalTimeS), target);
    }
}
