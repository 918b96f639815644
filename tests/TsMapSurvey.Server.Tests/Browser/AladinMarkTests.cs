using TsMapSurvey.Server.Tests.Vo.Cubes;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Tests.Browser;

/// <summary>A mark that was stacked with the counts, as Aladin Lite draws it.</summary>
[Collection(BrowserCollection.Name)]
[Trait("Pace", "slow")]
public sealed class AladinMarkTests(Chromium chromium, CubeServer server) : IClassFixture<CubeServer>
{
    /// <summary>
    /// Aladin Lite's own spectrum at the centre of the view, the mark's corner: 150 frequency cells below the shown one and 150 above.
    /// </summary>
    private const string Spectrum = """
        () => {
          const values = window.seen.spectra.at(-1).values;
          const bins = Array.from({ length: 13 }, (_, bin) => values[406 + bin - (417 - 150)] ?? NaN);
          return bins.map(value => Number.isFinite(value) ? value : -1);
        }
        """;

    private static readonly SkyPosition Middle = CubeServer.FromCorner(30, 0.4);

    private static IReadOnlyList<SkyPosition> Strokes => [.. CubeServer.North, .. CubeServer.East.Skip(1)];

    [Fact]
    public async Task A_mark_in_an_image_is_the_right_way_round()
    {
        await using var page = await chromium.OpenAsync(server.Address, "/surveys/mark?viewer=picture", isDrawn: false);
        var view = new AladinView(page);
        await view.OpenAsync("/hips/mark/point-counts", Middle, 4, 1);

        await view.BrightAsync(Strokes);
        await AssertOrientationAsync(view);
        Assert.DoesNotContain(true, await view.AreBrightAsync(CubeServer.Empty));
        foreach (var position in Strokes) Assert.True(await view.ValueAsync(position) >= 1000);
        foreach (var position in CubeServer.Empty) Assert.Equal(0, await view.ValueAsync(position));
    }

    [Fact]
    public async Task A_mark_in_a_cube_is_the_right_way_round_and_at_its_energies()
    {
        await using var page = await chromium.OpenAsync(server.Address, "/surveys/mark?viewer=picture", isDrawn: false);
        var view = new AladinView(page);
        await view.OpenAsync("/hips/mark/bins-counts-cube", CubeServer.North[0], 4, 1);
        await page.Page.WaitForFunctionAsync("() => window.seen.image.added && window.seen.spectra.length > 0");

        await view.ShowAsync(Hz(CubeServer.NorthBin));
        await view.BrightAsync(CubeServer.North);
        await AssertOrientationAsync(view);
        Assert.DoesNotContain(true, await view.AreBrightAsync([.. CubeServer.Empty, .. CubeServer.East.Skip(4)]));

        // The other stroke is in the next tile along the axis of frequency.
        await view.ShowAsync(Hz(CubeServer.EastBin));
        await view.BrightAsync(CubeServer.East);
        Assert.DoesNotContain(true, await view.AreBrightAsync([.. CubeServer.Empty, .. CubeServer.North.Skip(4)]));

        var spectrum = await page.Page.EvaluateAsync<double[]>(Spectrum);
        Assert.Equal(
            Enumerable.Range(0, 13).Select(bin => bin is CubeServer.NorthBin or CubeServer.EastBin),
            spectrum.Select(value => value >= 1000));
        Assert.DoesNotContain(-1, spectrum);

        await view.ShowAsync(Hz(CubeServer.NorthBin + 1));
        for (var attempt = 0; (await view.AreBrightAsync(CubeServer.East)).Contains(true); attempt++) Assert.True(attempt < 100);
        Assert.DoesNotContain(true, await view.AreBrightAsync([.. Strokes, .. CubeServer.Empty]));
    }

    /// <summary>North is up and east is left, as astronomers see the sky.</summary>
    private static async Task AssertOrientationAsync(AladinView view)
    {
        var (corner, north) = (await view.PlaceAsync(CubeServer.North[0]), await view.PlaceAsync(CubeServer.North[^1]));
        var east = await view.PlaceAsync(CubeServer.East[^1]);
        Assert.True(north.Y < corner.Y - 50 && Math.Abs(north.X - corner.X) < 50, $"north is at {north}, the corner at {corner}");
        Assert.True(east.X < corner.X - 50 && Math.Abs(east.Y - corner.Y) < 50, $"east is at {east}, the corner at {corner}");
    }

    /// <summary>The middle of an energy bin.</summary>
    private static double Hz(int bin) => FrequencyCells.EdgeHz(8, 406.5 + bin);
}
