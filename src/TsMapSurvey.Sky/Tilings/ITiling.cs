using System.Diagnostics.CodeAnalysis;

namespace TsMapSurvey.Sky;

/// <summary>
/// A division of the sky, or a part of it, into tiles that own every position exactly once. All of its images have one frame and pixel
/// size.
/// </summary>
public interface ITiling
{
    SkyFrame Frame { get; }

    double PixelScaleDeg { get; }

    /// <summary>How its tiles are called, for messages: the first and the last name, or a pattern.</summary>
    string Names { get; }

    /// <summary>A tile whose image no other's exceeds, neither in width nor in height.</summary>
    TileId Largest { get; }

    /// <summary>Every tile, in the order of the tiling.</summary>
    IEnumerable<TileId> All();

    /// <summary>Whether the tiling has a tile of this name; accepts exactly what <see cref="TileId.ToString"/> gives.</summary>
    bool TryParse([NotNullWhen(true)] string? text, out TileId tile);

    /// <summary>The pixel that a position of any frame falls in, and the tile that owns it; null outside the tiled sky.</summary>
    OwnedPixel? Owner(SkyPosition position);

    /// <summary>
    /// The tiles whose image, widened by a halo, shares a pixel with the footprint: each once, in the order of the tiling.
    /// </summary>
    /// <exception cref="SkyException">The tiling cannot take images on the footprint's grid.</exception>
    IEnumerable<TileId> Touching(SkyGrid footprint, int haloPixels);

    /// <summary>Why nothing of an image can be stacked: it is on another grid, or outside the tiled sky; null where it can.</summary>
    string? ProblemWith(SkyGrid footprint);

    /// <summary>The image around a tile's own pixels, without halo.</summary>
    /// <exception cref="SkyException">The tiling has no such tile.</exception>
    SkyGrid GridOf(TileId tile);

    /// <summary>A tile's work grid: the image around its own pixels and a halo on all sides, also beyond the tiled sky.</summary>
    /// <exception cref="SkyException">The tiling has no such tile.</exception>
    SkyGrid GridWithHalo(TileId tile, int haloPixels);

    /// <summary>The pixels of <see cref="GridWithHalo"/> that the tile owns; its box are those of <see cref="GridOf"/>.</summary>
    /// <exception cref="SkyException">The tiling has no such tile.</exception>
    OwnedRegion Owned(TileId tile, int haloPixels);

    /// <summary>The tiles beside a tile, corner to corner too.</summary>
    /// <exception cref="SkyException">The tiling has no such tile.</exception>
    IEnumerable<TileId> Neighbours(TileId tile) => Touching(GridOf(tile), 1).Where(other => other != tile);
}
