namespace TsMapSurvey.Fits;

/// <summary>The keywords that describe how an image was compressed: FITS standard 4.0, 10.1.</summary>
/// <param name="Algorithm">ZCMPTYPE; RICE_ONE is read as RICE_1.</param>
/// <param name="Type">ZBITPIX.</param>
/// <param name="Tiles">ZNAXISn and ZTILEn; null for an image without pixels.</param>
/// <param name="BytesPerPixel">BYTEPIX of Rice.</param>
/// <param name="BlockSize">BLOCKSIZE of Rice.</param>
internal sealed record CompressedLayout(string Algorithm, FitsElementType Type, int[] Axes, TileGrid? Tiles, int BytesPerPixel,
    int BlockSize, Quantization Quantization, bool IsLossless)
{
    private const int MaxAxes = 999;
    private const int MaxParameters = 999;

    /// <summary>The standard has block sizes of 16 and 32.</summary>
    private const int MaxBlockSize = 1 << 12;

    public long Count => Axes.Length == 0 || Axes.Contains(0) ? 0 : Axes.Aggregate(1L, (product, axis) => product * axis);

    public int ElementBytes => Math.Abs((int)Type) / 8;

    public static bool IsCompressed(FitsHeader header) => header.Find("ZIMAGE")?.Value is true;

    public static CompressedLayout Read(FitsHeader header, FitsLimits limits)
    {
        var named = header.GetString("ZCMPTYPE") ?? throw FitsErrors.MissingKeyword(header.Place, "ZCMPTYPE", "the name of a compression");
        var algorithm = named.Trim().ToUpperInvariant();
        var type = (FitsElementType)header.Require("ZBITPIX", -64, 64);
        if (!Enum.IsDefined(type) || type == FitsElementType.None)
            throw FitsErrors.BadKeyword(header.Place, "ZBITPIX", (long)type, "8, 16, 32, 64, -32 or -64");
        var (axes, tile) = ReadAxes(header);
        EnsureSizeAllowed(header.Place, type, axes, limits);
        var isEmpty = axes.Length == 0 || axes.Contains(0);
        var parameters = Parameters(header);
        var bytesPerPixel = parameters.GetValueOrDefault("BYTEPIX", 4);
        if (bytesPerPixel is not (1 or 2 or 4)) throw FitsErrors.BadKeyword(header.Place, "ZVALn of BYTEPIX", bytesPerPixel, "1, 2 or 4");
        var blockSize = parameters.GetValueOrDefault("BLOCKSIZE", 32);
        if (blockSize is < 1 or > MaxBlockSize)
            throw FitsErrors.BadKeyword(header.Place, "ZVALn of BLOCKSIZE", blockSize, $"1 to {MaxBlockSize}");
        var quantization = (header.GetString("ZQUANTIZ") ?? "").Trim().ToUpperInvariant();
        var dithering = quantization switch
        {
            "" or "NONE" or "NO_DITHER" => Dithering.None,
            "SUBTRACTIVE_DITHER_1" => Dithering.Everywhere,
            "SUBTRACTIVE_DITHER_2" => Dithering.ExceptZeros,
            _ => throw FitsErrors.BadKeyword(header.Place, "ZQUANTIZ", quantization,
                "NO_DITHER, SUBTRACTIVE_DITHER_1, SUBTRACTIVE_DITHER_2 or NONE"),
        };
        var seed = dithering == Dithering.None ? 0 : header.GetBounded("ZDITHER0", int.MinValue, int.MaxValue) ?? 0;
        return new CompressedLayout(
            algorithm == "RICE_ONE" ? "RICE_1" : algorithm, type, axes, isEmpty ? null : new TileGrid(axes, tile),
            (int)bytesPerPixel, (int)blockSize, new Quantization(dithering, seed), IsLossless: type > 0 || quantization == "NONE");
    }

    /// <summary>Without ZTILEn each tile is an image row.</summary>
    private static (int[] Axes, int[] Tile) ReadAxes(FitsHeader header)
    {
        var axes = new int[header.Require("ZNAXIS", 0, MaxAxes)];
        var tile = new int[axes.Length];
        for (var n = 0; n < axes.Length; n++)
        {
            axes[n] = (int)header.Require($"ZNAXIS{n + 1}", 0, int.MaxValue);
            tile[n] = (int)(header.GetBounded($"ZTILE{n + 1}", 1, int.MaxValue) ?? (n == 0 ? Math.Max(1, axes[0]) : 1));
        }

        return (axes, tile);
    }

    private static void EnsureSizeAllowed(FitsPlace place, FitsElementType type, int[] axes, FitsLimits limits)
    {
        var bytes = (UInt128)(Math.Abs((int)type) / 8);
        if (axes.Contains(0)) return;
        foreach (var axis in axes)
        {
            bytes *= (UInt128)axis;
            if (bytes > (UInt128)limits.MaxHduBytes)
                throw FitsErrors.TooLarge(place, "data size", $"more than {limits.MaxHduBytes} bytes decompressed", limits.MaxHduBytes,
                    nameof(FitsLimits.MaxHduBytes));
        }
    }

    private static Dictionary<string, long> Parameters(FitsHeader header)
    {
        var parameters = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 1; i <= MaxParameters && header.GetString($"ZNAME{i}") is { } name; i++)
            if (name.Trim().ToUpperInvariant() is "BYTEPIX" or "BLOCKSIZE")
                parameters.TryAdd(name.Trim().ToUpperInvariant(), header.Require($"ZVAL{i}", int.MinValue, int.MaxValue));
        return parameters;
    }
}
