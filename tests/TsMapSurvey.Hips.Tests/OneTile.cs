using System.Diagnostics.CodeAnalysis;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips.Tests;

/// <summary>A tiling that is not one image: its only tile is a HEALPix cell of order 3, with one pixel.</summary>
internal sealed class OneTile(long cell) : ITiling
{
    private readonly HealpixCell _cell = new(3, cell);

    public static TileId Id { get; } = new("one");

    public SkyFrame Frame => SkyFrame.Icrs;

    public double PixelScaleDeg => 1;

    public string Names => "one";

    public TileId Largest => Id;

    public IEnumerable<TileId> All() => [Id];

    public bool TryParse([NotNullWhen(true)] string? text, out TileId tile)
    {
        tile = Id;
        return text == "one";
    }

    public OwnedPixel? Owner(SkyPosition position) =>
        HealpixCell.Containing(position, 3) == _cell ? new OwnedPixel(Id, 0, 0) : null;

    public IEnumerable<TileId> Touching(SkyGrid footprint, int haloPixels) => [Id];

    public string? ProblemWith(SkyGrid footprint) => null;

    public SkyGrid GridOf(TileId tile) => Skies.Grid(_cell.Centre.LonDeg, _cell.Centre.LatDeg, 1, 1, 1);

    public SkyGrid GridWithHalo(TileId tile, int haloPixels) => GridOf(tile);

    public OwnedRegion Owned(TileId tile, int haloPixels) => new(GridOf(tile).Region);
}
