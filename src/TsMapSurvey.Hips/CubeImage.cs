using TsMapSurvey.Fits;
using TsMapSurvey.Plots;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>Files of tiles of a HiPS cube.</summary>
public static class CubeImage
{
    private const int HeaderBytes = 4 * 2880;

    /// <summary>The size of a file in bytes, at most.</summary>
    public static int MaxBytes(CubeGrid grid) => sizeof(float) * grid.Depth * CubeGrid.PlaneSize + HeaderBytes;

    /// <summary>A FITS file with one cube of 32-bit floats, NaN where there is no value, and the frequencies as third axis.</summary>
    /// <param name="cards">Further cards of its header.</param>
    /// <remarks>
    /// The third axis is FREQ-LOG (FITS WCS paper III): frequency = CRVAL3 * exp(CDELT3 * (p - CRPIX3) / CRVAL3), with the centre of cell 0
    /// half a pixel above its edge of 1e-18 Hz.
    /// </remarks>
    public static byte[] Fits(CubeGrid grid, CubeCell cell, ReadOnlySpan<float> pixels, FitsHeader cards)
    {
        var order = cell.FrequencyOrder + grid.DepthOrder;
        var lowest = FrequencyCells.EdgeHz(order, 0);
        cards.Set("ORDER", cell.Space.Order, "HEALPix order of the tile").Set("NPIX", cell.Space.Index, "its number")
            .Set("ORDERF", cell.FrequencyOrder, "order of its frequency cell").Set("NPIXF", cell.FrequencyIndex, "its number")
            .Set("CTYPE3", "FREQ-LOG").Set("CUNIT3", "Hz").Set("CRPIX3", 0.5 - grid.FirstPlane(cell)).Set("CRVAL3", lowest)
            .Set("CDELT3", lowest * Math.Log(10) * FrequencyCells.DecadesPerCell(order));
        using var content = new MemoryStream(MaxBytes(grid));
        using (var writer = new FitsWriter(content, leaveOpen: true))
            writer.WriteImage(null, [CubeGrid.Width, CubeGrid.Width, grid.Depth], pixels, cards);
        return content.ToArray();
    }

    /// <summary>The pixels of a file of <see cref="Fits"/>, also of a compressed one.</summary>
    /// <exception cref="FitsException">The file is damaged.</exception>
    /// <exception cref="HipsException">The file is not a cube of one tile.</exception>
    public static float[] Pixels(CubeGrid grid, Stream content, string name)
    {
        using var file = FitsFile.Open(content, name, leaveOpen: true);
        file.EnsureIntact();
        return file.Hdus is [FitsImage { Axes: [CubeGrid.Width, CubeGrid.Width, var depth] } image] && depth == grid.Depth
            ? image.ReadSingles()
            : throw HipsErrors.NotACube(name, file.Hdus.OfType<FitsImage>().FirstOrDefault()?.Axes ?? [], grid);
    }

    /// <summary>
    /// A PNG with the planes as a checkerboard, from the top left, line by line; the number of columns is the square root of the number of
    /// planes, rounded down.
    /// </summary>
    /// <inheritdoc cref="HipsImage.Png"/>
    public static byte[] Png(CubeGrid grid, ReadOnlySpan<float> pixels, ColorScale scale, double factor = 1)
    {
        var columns = (int)Math.Sqrt(grid.Depth);
        var (rows, width) = ((grid.Depth + columns - 1) / columns, columns * CubeGrid.Width);
        var board = new float[rows * columns * CubeGrid.PlaneSize];
        Array.Fill(board, float.NaN);
        for (var plane = 0; plane < grid.Depth; plane++)
        {
            var (bottom, left) = ((rows - 1 - plane / columns) * CubeGrid.Width, plane % columns * CubeGrid.Width);
            for (var row = 0; row < CubeGrid.Width; row++)
                pixels.Slice(plane * CubeGrid.PlaneSize + row * CubeGrid.Width, CubeGrid.Width)
                    .CopyTo(board.AsSpan((bottom + row) * width + left));
        }

        return HipsImage.Png(board, width, scale, factor);
    }
}
