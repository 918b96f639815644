using TsMapSurvey.Server.Vo.Products;
using TsMapSurvey.Server.Vo.Sia;
using TsMapSurvey.Sky;
using TsMapSurvey.Sky.Regions;

namespace TsMapSurvey.Server.Vo.Soda;

/// <summary>The part of a product to cut out.</summary>
/// <param name="Pixels">Of the product's image.</param>
/// <param name="FirstBin">Of the product's energy axis; LastBin inclusive.</param>
internal sealed record CutoutPlace(PixelRegion Pixels, int FirstBin, int LastBin)
{
    /// <summary>The smallest rectangle around a region, and the energy bins that a band touches; null if there is none.</summary>
    /// <param name="region">Null: the whole image.</param>
    /// <param name="bandM">Wavelengths in metres; null: all bins.</param>
    public static CutoutPlace? Of(Product product, SkyRegion? region, Interval? bandM)
    {
        var pixels = region?.PixelsOf(product.Grid) ?? product.Grid.Region;
        var edges = product.Energy.Edges;
        int[] bins =
        [
            .. Enumerable.Range(0, edges.Length - 1).Where(bin => bandM is not { } band
                || band.Overlaps(SiaRow.WavelengthTeVM / edges[bin + 1], SiaRow.WavelengthTeVM / edges[bin])),
        ];
        return pixels.IsEmpty || bins.Length == 0 ? null : new CutoutPlace(pixels, bins[0], bins[^1]);
    }
}
