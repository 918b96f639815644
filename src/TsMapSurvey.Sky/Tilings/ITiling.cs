using System.Diagnostics.CodeAnalysis;

namespace TsMapSurvey.Sky;

/// <summary>
/// A division of the sky, or a part of it, into tiles. Exactly one tile owns each position. All tile images have the same frame and pixel
/// size. Methods that take a tile throw <see cref="SkyException"/> if it is not part of the tiling.
/// </summary>
public interface ITiling
{
    SkyFrame Frame { get; }

    double PixelScaleDeg { get; }

    /// <summary>The tile names as shown in messages: the first and the last name, or a pattern.</summary>
    string Names { get; }

    /// <summary>A tile whose image has at least as many pixels as that of every other tile.</summary>
    TileId Largest { get; }

    IEnumerable<TileId> All();

    /// <summary>Finds the tile with this name. Accepts only the exact text of <see cref="TileId.ToString"/>.</summary>
    bool TryParse([NotNullWhen(true)] string? text, out TileId tile);

    /// <summary>The pixel that contains a position in any frame, and the tile that owns it; null outside the tiled sky.</summary>
    OwnedPixel? Owner(SkyPosition position);

    /// <summary>
    /// The tiles whose image, extended by a halo, shares a pixel with the footprint: each once, in the order of the tiling.
    /// </summary>
    /// <exception cref="SkyException">The tiling has one pixel grid, and the footprint is not on it.</exception>
    IEnumerable<TileId> Touching(SkyGrid footprint, int haloPixels);

    /// <summary>Why an image cannot be stacked: it is on another grid, or outside the tiled sky. Null if it can.</summary>
    string? ProblemWith(SkyGrid footprint);

    /// <summary>Whether all tiles can add an image's pixels as they are, inside the tiled sky or not.</summary>
    bool IsAligned(SkyGrid image) => ProblemWith(image) is null;

    /// <summary>The image around a tile's own pixels, without halo. Images of different tiles may overlap.</summary>
    SkyGrid GridOf(TileId tile);

    /// <summary>A tile's work grid: the image around its own pixels and a halo on all sides, also beyond the tiled sky.</summary>
    SkyGrid GridWithHalo(TileId tile, int haloPixels);

    /// <summary>The pixels of <see cref="GridWithHalo"/> that the tile owns. Their box has the pixels of <see cref="GridOf"/>.</summary>
    OwnedRegion Owned(TileId tile, int haloPixels);

    /// <summary>The adjacent tiles, including those that touch only at a corner.</summary>
    IEnumerable<TileId> Neighbours(TileId tile) => Touching(GridOf(tile), 1).Where(other => other != tile);
}
