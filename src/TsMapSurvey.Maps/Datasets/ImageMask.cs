using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>
/// An observation's safe mask, for each energy bin and as an image of the pixels that are safe in any bin. All true if there is no mask.
/// </summary>
internal sealed class ImageMask
{
    private readonly bool[] _cube;

    private ImageMask(SkyGrid grid, bool[] cube)
    {
        (Grid, _cube) = (grid, cube);
        Image = new bool[grid.Width * grid.Height];
        for (var plane = 0; plane < cube.Length; plane += Image.Length) MaskedRow.Or(Image, cube.AsSpan(plane, Image.Length));
        (Any, All) = (Image.AsSpan().Contains(true), !cube.AsSpan().Contains(false));
    }

    public SkyGrid Grid { get; }

    /// <summary>Whether each pixel is safe in any energy bin.</summary>
    public bool[] Image { get; }

    public bool Any { get; }

    /// <summary>Whether nothing is masked.</summary>
    public bool All { get; }

    public static ImageMask Of(MapDataset observation)
    {
        if (observation.MaskSafe is { } safe) return new ImageMask(observation.Grid, safe.Data);
        var all = new bool[observation.Geometry.Count];
        Array.Fill(all, true);
        return new ImageMask(observation.Grid, all);
    }

    public ReadOnlySpan<bool> Plane(int bin) => _cube.AsSpan(bin * Image.Length, Image.Length);
}
