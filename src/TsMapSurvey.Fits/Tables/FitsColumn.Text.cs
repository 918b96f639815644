namespace TsMapSurvey.Fits;

public sealed partial class FitsColumn
{
    /// <summary>
    /// Reads text up to the first NUL and without trailing blanks: one string for each row, or several if TDIM or TFORM (rAw) give a width.
    /// A variable-length column has one string for each row. Bytes outside ASCII become question marks.
    /// </summary>
    /// <exception cref="FitsException">The column does not hold characters.</exception>
    public string[] ReadStrings()
    {
        if (IsVariable)
        {
            EnsureVariable(Type == FitsColumnType.Character, "a column of characters");
            return ReadArrays(1, (cell, _) => Text(cell));
        }

        EnsureFixed(Type == FitsColumnType.Character, "a column of characters");
        var width = StringWidth;
        var perRow = width == 0 ? 1 : Format.Repeat / width;
        var texts = new string[Length(RowCount * perRow, IntPtr.Size)];
        var cells = Cells;
        for (long row = 0, i = 0; row < RowCount; row++)
            for (var j = 0; j < perRow; j++) texts[i++] = Text(cells.Row(row).Slice(j * width, width));

        return texts;
    }

    /// <summary>Characters in one string: the first dimension of TDIM, or w of rAw, or the whole cell.</summary>
    public int StringWidth => Type != FitsColumnType.Character || IsVariable ? 0
        : Dimensions is [> 0 and var first, _, ..] && Format.Repeat % first == 0 ? first
        : Format.SubstringWidth > 0 ? Format.SubstringWidth
        : Repeat;

    private static string Text(ReadOnlySpan<byte> cell)
    {
        var end = cell.IndexOf((byte)0);
        var text = (end < 0 ? cell : cell[..end]).TrimEnd((byte)' ');
        return text.IsEmpty ? "" : string.Create(text.Length, text, static (characters, bytes) =>
        {
            for (var i = 0; i < bytes.Length; i++) characters[i] = bytes[i] < 0x80 ? (char)bytes[i] : '?';
        });
    }
}
