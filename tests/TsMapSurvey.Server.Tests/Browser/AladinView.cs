using Microsoft.Playwright;
using SkiaSharp;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Tests.Browser;

/// <summary>
/// Aladin Lite alone with one HiPS, over the whole window: what an astronomer's own page shows, not ours.
/// </summary>
internal sealed class AladinView(OpenPage page)
{
    private const string Open = """
        async ({ hips, ra, dec, fov, max }) => {
          const { default: A } = await import(document.querySelector('meta[name="aladin-lite"]').content);
          await A.init;
          const host = document.createElement('div');
          host.style.cssText = 'position: fixed; inset: 0; z-index: 1000; width: 100vw; height: 100vh';
          document.body.append(host);
          const aladin = A.aladin(host, { survey: [], hipsList: [], log: false, samp: false, target: `${ra} ${dec}`, fov,
            cooFrame: 'ICRSd', projection: 'TAN', showReticle: false, showCooGrid: false });
          const look = { imgFormat: 'fits', colormap: 'grayscale', minCut: 0, maxCut: max };
          const image = A.imageHiPS(new URL(hips, location.href).href, look);
          window.seen = { aladin, image, spectra: [] };
          window.addEventListener('spectra', event => window.seen.spectra.push(event.detail));
          aladin.setOverlayImageLayer(image, 'seen');
        }
        """;

    public IPage Page => page.Page;

    public Task OpenAsync(string hips, SkyPosition centre, double fovDeg, double max) => Page.EvaluateAsync(
        Open, new { hips, ra = centre.LonDeg, dec = centre.LatDeg, fov = fovDeg, max });

    /// <summary>Where a position is in the window.</summary>
    public async Task<(double X, double Y)> PlaceAsync(SkyPosition icrs)
    {
        var place = await Page.EvaluateAsync<double[]>(
            FormattableString.Invariant($"() => [...window.seen.aladin.world2pix({icrs.LonDeg:R}, {icrs.LatDeg:R})]"));
        return (place[0], place[1]);
    }

    /// <summary>The value that Aladin Lite has at a position; null where it has none (yet).</summary>
    public async Task<double?> ValueAsync(SkyPosition icrs)
    {
        var (x, y) = await PlaceAsync(icrs);
        return await Page.EvaluateAsync<double?>(FormattableString.Invariant(
            $"() => {{ try {{ return window.seen.image.readPixel({x:R}, {y:R}) ?? null; }} catch {{ return null; }} }}"));
    }

    /// <summary>Whether the position is drawn with the colour of the upper end of the range.</summary>
    public async Task<bool[]> AreBrightAsync(IEnumerable<SkyPosition> positions)
    {
        var places = await Page.EvaluateAsync<double[][]>(
            "positions => positions.map(([ra, dec]) => [...window.seen.aladin.world2pix(ra, dec)])",
            positions.Select(position => new[] { position.LonDeg, position.LatDeg }).ToArray());
        using var picture = SKBitmap.Decode(await Page.ScreenshotAsync());
        return [.. places.Select(place => picture.GetPixel((int)Math.Round(place[0]), (int)Math.Round(place[1])) is
            { Red: > 230, Green: > 230, Blue: > 230 })];
    }

    /// <summary>Looks again until positions are drawn brightly.</summary>
    public async Task BrightAsync(IReadOnlyList<SkyPosition> positions)
    {
        for (var attempt = 0; !(await AreBrightAsync(positions)).All(isBright => isBright); attempt++)
            Assert.True(attempt < 100, "the mark was not drawn");
    }

    /// <summary>Shows the frequency of a cube.</summary>
    public Task ShowAsync(double hz) => Page.EvaluateAsync(
        FormattableString.Invariant($"() => window.seen.image.setFrequency({{ value: {hz:R}, unit: 'Hz' }})"));
}
