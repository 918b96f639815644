using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.Maps.Time;
using TsMapSurvey.Simulation;
using TsMapSurvey.Sky;
using TsMapSurvey.Storage;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Contract;

/// <summary>Simulated observations that are put one by one, each in a night of one's choice: the same seed gives the same files.</summary>
internal sealed class DatedObservations(SurveyDefinition definition, int count, int seed)
{
    private const double DayS = 86400;
    private readonly SimulatedSurvey _sky = new(Survey.Resolve(definition), new SimulationOptions(count, 2, seed));

    /// <summary>The FITS file of an observation that began so many nights after MJD 59000.</summary>
    public void Write(int index, int nightsLater, string file)
    {
        var dataset = _sky.Observe(index).Dataset;
        var laterS = nightsLater * DayS;
        var times = dataset.Gti!.Intervals.Select(time => new TimeInterval(time.StartS + laterS, time.StopS + laterS));
        MapDatasetFile.Write(file, dataset with { Gti = GoodTimeIntervals.Of(times) });
    }

    /// <summary>Counts of an observation inside its mask and inside the survey.</summary>
    public double CountsInside(int index)
    {
        var (dataset, survey) = (_sky.Observe(index).Dataset, ((IMosaicGrid)_sky.Survey.Tiling).Grid);
        Assert.True(dataset.Grid.IsAlignedWith(survey, out var dx, out var dy));
        var width = dataset.Grid.Width;
        return dataset.Counts!.Data.Where((_, bin) => (dataset.MaskSafe?.Data[bin] ?? true)
            && survey.Region.Contains(bin % width + dx, bin / width % dataset.Grid.Height + dy)).Sum();
    }

    /// <summary>Uploads it to a store under a name.</summary>
    public async Task PutAsync(string store, int index, int nightsLater, string name)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("observation.fits.gz");
        Write(index, nightsLater, file);
        await new ObservationStore(BlobStores.Open(store), definition.Observations).PutAsync(file, name, null, CancellationToken.None);
    }
}
