using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Irf;

namespace TsMapSurvey.Maps.Resampling;

/// <summary>
/// The response maps of a dataset with what its safe mask excludes set to zero, by the same rules as in a stack. They can be added to any
/// stack without the mask, which is on a grid that the stack does not have (<see cref="MapDataset.ResponsesAreMasked"/>).
/// </summary>
/// <param name="Psf">Null if there is none, or it has no exposure.</param>
/// <param name="Edisp">The same.</param>
public sealed record MaskedResponses(PsfMap? Psf, EdispMap? Edisp)
{
    public static MaskedResponses Of(MapDataset dataset)
    {
        var mask = ImageMask.Of(dataset);
        return new MaskedResponses(
            dataset.Psf is { Exposure: { } weights } psf
                ? psf with { Exposure = Masked(weights, IrfMask.Nearest(mask, psf.Density.Geometry)) } : dataset.Psf,
            dataset.Edisp is { Exposure: not null } edisp ? Masked(edisp, mask) : dataset.Edisp);
    }

    private static EdispMap Masked(EdispMap edisp, ImageMask mask)
    {
        var bins = edisp.IsKernel ? edisp.First.BinCount : 0;
        var (image, byBin) = IrfMask.Touched(mask, edisp.Data.Geometry, bins);
        if (bins == 0) return edisp with { Exposure = Masked(edisp.Exposure!, image) };
        var any = new bool[image.Length];
        foreach (var plane in byBin) MaskedRow.Or(any, plane);
        var data = edisp.Data with { Data = [.. edisp.Data.Data] };
        for (var plane = 0; plane < data.Geometry.PlaneCount; plane++) Clear(data.Plane(plane), byBin[plane % bins]);
        return new EdispMap(data, Masked(edisp.Exposure!, any));
    }

    private static Map<double> Masked(Map<double> map, bool[] mask)
    {
        var masked = map with { Data = [.. map.Data] };
        for (var plane = 0; plane < masked.Geometry.PlaneCount; plane++) Clear(masked.Plane(plane), mask);
        return masked;
    }

    private static void Clear(Span<double> plane, bool[] mask)
    {
        for (var i = 0; i < plane.Length; i++)
            if (!mask[i]) plane[i] = 0;
    }
}
