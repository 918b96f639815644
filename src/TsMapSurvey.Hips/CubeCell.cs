using System.Globalization;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Hips;

/// <summary>The place of a tile of a HiPS cube: a cell of the sky and a cell of frequency.</summary>
/// <param name="FrequencyOrder">As of <see cref="FrequencyCells"/>.</param>
/// <param name="FrequencyIndex">Of the cell of this order.</param>
public readonly record struct CubeCell(HealpixCell Space, int FrequencyOrder, long FrequencyIndex)
{
    /// <summary>Tiles of one folder, along the axis of frequency.</summary>
    private const long InFolder = 10;

    /// <summary>The second number in the name of the folder of a tile.</summary>
    public static long FolderOf(long frequencyIndex) => frequencyIndex / InFolder * InFolder;

    /// <summary>The path of the tile without its extension.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Norder{Space.Order}_{FrequencyOrder}/Dir{HipsOrders.FolderOf(Space.Index)}_{FolderOf(FrequencyIndex)}"
        + $"/Npix{Space.Index}_{FrequencyIndex}");
}
