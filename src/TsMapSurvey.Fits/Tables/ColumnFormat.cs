using System.Globalization;

namespace TsMapSurvey.Fits;

/// <summary>A parsed TFORM: FITS standard 4.0, 7.3.1 and table 18; variable-length arrays (rPt(max), rQt(max)) 7.3.5.</summary>
/// <param name="Repeat">Elements in a row: bits for X, characters for A, descriptors (0 or 1) for a variable-length array.</param>
/// <param name="DescriptorBytes">8 for P, 16 for Q, else 0.</param>
/// <param name="SubstringWidth">The w of rAw, or 0.</param>
internal readonly record struct ColumnFormat(FitsColumnType Type, long Repeat, int DescriptorBytes, int SubstringWidth)
{
    public bool IsVariable => DescriptorBytes > 0;

    public long CellBytes => IsVariable ? Repeat * DescriptorBytes : BytesFor(Type, Repeat);

    public static long BytesFor(FitsColumnType type, long elements) => type switch
    {
        FitsColumnType.Bit => (elements + 7) / 8,
        FitsColumnType.Int16 => elements * 2,
        FitsColumnType.Int32 or FitsColumnType.Single => elements * 4,
        FitsColumnType.Int64 or FitsColumnType.Double or FitsColumnType.ComplexSingle => elements * 8,
        FitsColumnType.ComplexDouble => elements * 16,
        _ => elements,
    };

    public static ColumnFormat Parse(string text, string card, FitsPlace place)
    {
        var trimmed = text.AsSpan().Trim(' ');
        var digits = trimmed.IndexOfAnyExceptInRange('0', '9');
        long repeat = 1;
        if (digits < 0 || (digits > 0
            && (!long.TryParse(trimmed[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out repeat) || repeat > int.MaxValue)))
            throw Malformed(text, card, place);

        var letter = char.ToUpperInvariant(trimmed[digits]);
        var rest = trimmed[(digits + 1)..];
        if (letter is 'P' or 'Q')
        {
            if (repeat > 1 || rest.IsEmpty || TypeOf(rest[0]) is not { } element) throw Malformed(text, card, place);
            return new ColumnFormat(element, repeat, letter == 'P' ? 8 : 16, 0);
        }

        var type = TypeOf(letter) ?? throw Malformed(text, card, place);
        var width = type == FitsColumnType.Character && int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var w)
            && w <= repeat ? w : 0;
        return new ColumnFormat(type, repeat, 0, width);
    }

    /// <summary>Parses a TDIM. Its product may be less than the number of elements in a row (FITS standard 4.0, 7.3.2).</summary>
    public static int[] ParseDimensions(string text, string card, long? elements, FitsPlace place)
    {
        var expected = elements is null ? "(n,n,...)" : $"(n,n,...) with a product of at most {elements}";
        if (text.Trim() is not ['(', .. var inner, ')']) throw FitsErrors.BadColumn(place, card, text, expected);
        var parts = inner.Split(',');
        var dimensions = new int[parts.Length];
        UInt128 product = 1;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out dimensions[i]))
                throw FitsErrors.BadColumn(place, card, text, expected);
            product = Math.Min((ulong)product, uint.MaxValue) * (UInt128)dimensions[i];
        }

        return elements is { } max && product > (UInt128)max ? throw FitsErrors.BadColumn(place, card, text, expected) : dimensions;
    }

    private static FitsColumnType? TypeOf(char letter) => char.ToUpperInvariant(letter) switch
    {
        'L' or 'X' or 'B' or 'I' or 'J' or 'K' or 'A' or 'E' or 'D' or 'C' or 'M' => (FitsColumnType)char.ToUpperInvariant(letter),
        _ => null,
    };

    private static FitsException Malformed(string text, string card, FitsPlace place) =>
        FitsErrors.BadColumn(place, card, text, "a repeat count and one of L X B I J K A E D C M, or P or Q with one of them");
}
