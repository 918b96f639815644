using TsMapSurvey.Fits;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys;

namespace TsMapSurvey.Server.Tests.Vo.Hips;

/// <summary>Reads the HiPS of the small survey.</summary>
internal sealed class HipsReader(Client client)
{
    public const string Root = "/hips/small";

    public static Survey Survey { get; } = Survey.Resolve(SmallSurvey.Definition);

    /// <summary>The path of a tile below the base address.</summary>
    public static string Path(HealpixCell cell, string form = "fits") =>
        FormattableString.Invariant($"Norder{cell.Order}/Dir{cell.Index / 10000 * 10000}/Npix{cell.Index}.{form}");

    /// <summary>The tiles of an order with data, from the coverage map.</summary>
    public async Task<IReadOnlyList<HealpixCell>> TilesAsync(string layer, int order)
    {
        using var file = FitsFile.Open(new MemoryStream((await client.GetAsync($"{Root}/{layer}/Moc.fits")).Bytes), "Moc.fits");
        var cells = new SortedSet<long>();
        foreach (var number in ((FitsTable)file.Hdus[1]).Find("UNIQ")!.ReadIntegers())
        {
            // NUNIQ: 4 * 4^order + index.
            var own = (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)number)) / 2 - 1;
            var index = number - (4L << (2 * own));
            if (own >= order) cells.Add(index >> (2 * (own - order)));
            else
                for (var child = index << (2 * (order - own)); child < (index + 1) << (2 * (order - own)); child++) cells.Add(child);
        }

        return [.. cells.Select(index => new HealpixCell(order, index))];
    }

    /// <summary>A tile's pixels as rows from the bottom, or the Allsky image's.</summary>
    public async Task<float[]> PixelsAsync(string path)
    {
        var answer = await client.GetAsync(path);
        Assert.True(answer.Status == System.Net.HttpStatusCode.OK,
            $"{path}: {answer.Status} {System.Text.Encoding.UTF8.GetString(answer.Bytes)}");
        using var file = FitsFile.Open(new MemoryStream(answer.Bytes), path);
        file.EnsureIntact();
        return ((FitsImage)file.Hdus[0]).ReadSingles();
    }

    /// <summary>The value of a pixel of a tile of order 3, by its nested number of order 12.</summary>
    public static float At(float[] tile, long pixel)
    {
        var (x, y) = ZOrder.Split(pixel & ((1 << 18) - 1));
        return tile[(511 - x) * 512 + y];
    }
}
