using TsMapSurvey.Contracts;
using TsMapSurvey.Maps;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Surveys.Observed;

namespace TsMapSurvey.Grains.Tests;

/// <summary>Versions that a tile's stack refuses, and several changes of one observation at a time.</summary>
public sealed class TileRefusalTests : TileOfAStore
{
    private readonly MapDataset _good = LittleSurvey.Observation(1, LittleSurvey.Everywhere);
    private readonly MapDataset _other = LittleSurvey.Observation(2, LittleSurvey.Everywhere);

    [Fact]
    public async Task What_the_stack_refuses_is_in_no_ledger_and_the_others_of_its_batch_are()
    {
        var stack = Activate();
        var answers = await stack.AddAsync(
            [await PutAsync("one.fits", _good), await PutAsync("unlike.fits", Unlike()), await PutAsync("two.fits", _other)], Cancel);
        Assert.Equal(
            [TileChangeOutcome.Done, TileChangeOutcome.Refused, TileChangeOutcome.Done], answers.Select(answer => answer.Result!.Outcome));
        Assert.Contains("unlike.fits", answers[1].Result!.Reason, StringComparison.Ordinal);
        foreach (var tile in new[] { stack, Activate() })
        {
            Assert.Equal(["one.fits", "two.fits"], (await tile.HeadAsync(Cancel)).Ledger.Entries.Select(entry => entry.Observation));
            Expected.AssertSame(LittleSurvey.Offline(Tile, [_good, _other]), (await tile.FreezeAsync(Cancel))!.Dataset);
        }
    }

    [Fact]
    public async Task A_version_that_is_refused_takes_the_one_before_it_out_and_what_is_older_stays_out()
    {
        var stack = Activate();
        await stack.AddAsync([await PutAsync("one.fits", _good), await PutAsync("two.fits", _other)], Cancel);
        var refused = Assert.Single(await stack.ApplyAsync([TileChange.Put(await PutAsync("one.fits", Unlike()), 3)], Cancel));
        Assert.Equal((TileChangeOutcome.Refused, 3), (refused.Result!.Outcome, refused.Result.Generation));
        var again = await PutAsync("one.fits", _good);
        foreach (var tile in new[] { stack, Activate() })
        {
            Assert.Equal(["two.fits"], (await tile.HeadAsync(Cancel)).Ledger.Entries.Select(entry => entry.Observation));
            Assert.Equal(
                TileChangeOutcome.Superseded, Assert.Single(await tile.ApplyAsync([TileChange.Put(again, 2)], Cancel)).Result!.Outcome);
        }

        Assert.Equal(TileChangeOutcome.Done, Assert.Single(await stack.ApplyAsync([TileChange.Put(again, 4)], Cancel)).Result!.Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_changes_of_an_observation_at_a_time_the_later_decision_is_made_and_the_other_is_asked_again(bool isRemovedLast)
    {
        var stack = Activate();
        var reference = await PutAsync("one.fits", _good);
        await Setup.TemplateAsync(new AlignedData(_good), Cancel);
        var (first, second) = (new TileChange(reference, 1, !isRemovedLast), new TileChange(reference, 2, isRemovedLast));
        var answers = await stack.ApplyAsync([first, second], Cancel);
        Assert.Equal(ServiceError.WrongState, Assert.IsType<SurveyServiceException>(answers[0].Fault).Error);
        Assert.Equal((TileChangeOutcome.Done, 2), (answers[1].Result!.Outcome, answers[1].Result!.Generation));
        Assert.Equal(isRemovedLast ? 0 : 1, (await Activate().HeadAsync(Cancel)).Ledger.Entries.Count);
        Assert.Equal(TileChangeOutcome.Superseded, Assert.Single(await stack.ApplyAsync([first], Cancel)).Result!.Outcome);
    }

    /// <summary>Its PSF has other offsets than the survey's: nothing to see before it is stacked.</summary>
    private MapDataset Unlike()
    {
        var rad = new MapAxis("rad", [0, 0.1, 0.2], AxisInterpolation.Linear, AxisNodes.Edges, "deg");
        return _good with
        {
            Psf = _good.Psf! with
            {
                Density =
            new Map<double>(_good.Psf.Density.Geometry.With(rad, LittleSurvey.Resolved.EnergyTrue), "sr-1")
            }
        };
    }

    private async Task<ObservationRef> PutAsync(string name, MapDataset dataset)
    {
        await Store.PutAsync($"observations/{name}", dataset);
        var entry = (await Setup.Observations.FindAsync(name, Cancel))!;
        return new ObservationRef(name, entry.ETag, await Setup.Observations.HashAsync(entry, Cancel));
    }
}
