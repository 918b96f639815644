namespace TsMapSurvey.Sky;

/// <summary>A division of the sky, or a part of it, into tiles that own every position exactly once.</summary>
public interface ITiling
{
    /// <summary>The tile that owns a position of any frame; null outside the tiled sky.</summary>
    TileId? Owner(SkyPosition position);

    /// <summary>The tiles whose pixels, widened by a halo, share a pixel with the footprint: each once, in the order of their
    /// ids.</summary>
    /// <exception cref="SkyException">The tiling cannot take images on the footprint's grid.</exception>
    IEnumerable<TileId> Touching(SkyGrid footprint, int haloPixels);

    /// <summary>A tile's own pixels, without halo.</summary>
    /// <exception cref="SkyException">The tiling has no such tile.</exception>
    SkyGrid GridOf(TileId tile);

    /// <summary>A tile's own pixels and a halo on all sides, also beyond the tiled sky: pixel (halo, halo) is the tile's first own
    /// one.</summary>
    /// <exception cref="SkyException">The tiling has no such tile.</exception>
    SkyGrid GridWithHalo(TileId tile, int haloPixels);

    /// <summary>Every tile, in the order of their ids.</summary>
    IEnumerable<TileId> All();
}
