namespace TsMapSurvey.Fits;

/// <summary>The mandatory keywords that give the size of a data unit: FITS standard 4.0, 4.4.1 and equation 2.</summary>
internal sealed record HduLayout(FitsElementType ElementType, long[] Axes, long ParameterCount, long DataBytes)
{
    private const int MaxAxes = 999;

    public static HduLayout Read(FitsHeader header, bool isPrimary)
    {
        var type = (FitsElementType)header.Require("BITPIX", -64, 64);
        if (!Enum.IsDefined(type) || type == FitsElementType.None)
            throw FitsErrors.BadKeyword(header.Place, "BITPIX", (long)type, "8, 16, 32, 64, -32 or -64");
        var axes = new long[header.Require("NAXIS", 0, MaxAxes)];
        for (var i = 0; i < axes.Length; i++) axes[i] = header.Require($"NAXIS{i + 1}", 0, long.MaxValue);
        if (isPrimary && axes is [0, ..] && header.Find("GROUPS")?.Value is true) throw FitsErrors.RandomGroups(header.Place);

        var parameters = isPrimary ? 0 : header.GetBounded("PCOUNT", 0, long.MaxValue) ?? 0;
        var groups = isPrimary ? 1 : header.GetBounded("GCOUNT", 0, long.MaxValue) ?? 1;
        return new HduLayout(type, axes, parameters, Size(header.Place, type, axes, parameters, groups));
    }

    private static long Size(FitsPlace place, FitsElementType type, long[] axes, long parameters, long groups)
    {
        var elementBytes = Math.Abs((int)type) / 8;
        try
        {
            checked
            {
                long product = axes.Length == 0 || axes.Contains(0) ? 0 : 1;
                if (product > 0)
                    foreach (var axis in axes) product *= axis;
                var bytes = elementBytes * (groups * (parameters + product));
                return FitsBlock.RoundUp(bytes) >= 0 && bytes < long.MaxValue / 4 ? bytes : throw new OverflowException();
            }
        }
        catch (OverflowException)
        {
            throw FitsErrors.SizeOverflow(place, $"{elementBytes} bytes x {groups} x ({parameters} + {string.Join(" x ", axes.Take(16))})");
        }
    }
}
