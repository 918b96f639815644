using Parquet;
using Parquet.Schema;

namespace TsMapSurvey.Tables;

/// <summary>
/// Apache Parquet, one row group for each part with rows. A number that is NaN is a null, and so is an empty text. Units, descriptions and
/// UCDs are in the file's key-value metadata as COLUMN.unit, COLUMN.description and COLUMN.ucd, beside the table's own metadata.
/// </summary>
internal sealed class ParquetParts : IDisposable
{
    private readonly DrainedStream _stream = new();
    private readonly ParquetWriter _writer;
    private readonly DataField[] _fields;

    public ParquetParts(DataTable table)
    {
        _fields = [.. table.Columns.Select(Field)];
        // The stream is memory, so nothing waits.
        _writer = ParquetWriter.CreateAsync(new ParquetSchema(_fields), _stream).GetAwaiter().GetResult();
        _writer.CustomMetadata = Metadata(table);
    }

    public byte[] Add(DataTable part)
    {
        if (part.RowCount > 0)
        {
            using var group = _writer.CreateRowGroup();
            for (var column = 0; column < _fields.Length; column++) Write(group, _fields[column], part.Columns[column].Values);
            group.CompleteValidate();
        }

        return _stream.Drain();
    }

    public byte[] End()
    {
        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return _stream.Drain();
    }

    public void Dispose() => _stream.Dispose();

    private static DataField Field(TableColumn column) => column.Values switch
    {
        double[] => new DataField<double?>(column.Name),
        long[] => new DataField<long>(column.Name),
        bool[] => new DataField<bool>(column.Name),
        _ => new DataField<string>(column.Name),
    };

    private static void Write(ParquetRowGroupWriter group, DataField field, Array values)
    {
        var writing = values switch
        {
            double[] numbers => group.WriteAsync<double>(
                field, numbers.Select(number => double.IsNaN(number) ? null : (double?)number).ToArray().AsMemory()),
            long[] integers => group.WriteAsync<long>(field, integers.AsMemory()),
            bool[] flags => group.WriteAsync<bool>(field, flags.AsMemory()),
            _ => group.WriteAsync(field, [.. ((string[])values).Select(text => text.Length == 0 ? null! : text)]),
        };
        writing.GetAwaiter().GetResult();
    }

    private static Dictionary<string, string> Metadata(DataTable table)
    {
        var known = new Dictionary<string, string> { ["description"] = table.Description };
        foreach (var (key, value) in table.Meta)
            known[key] = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!;
        foreach (var column in table.Columns)
        {
            known[$"{column.Name}.description"] = column.Description;
            if (column.Unit is { } unit) known[$"{column.Name}.unit"] = unit;
            if (column.Ucd is { } ucd) known[$"{column.Name}.ucd"] = ucd;
        }

        return known;
    }

    /// <summary>Keeps only what was written since the last call, while its position goes on: Parquet's footer has positions.</summary>
    private sealed class DrainedStream : Stream
    {
        private readonly MemoryStream _kept = new();
        private long _drained;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Position;

        public override long Position
        {
            get => _drained + _kept.Length;
            set => throw new NotSupportedException();
        }

        public byte[] Drain()
        {
            var bytes = _kept.ToArray();
            _drained += bytes.Length;
            _kept.SetLength(0);
            return bytes;
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => _kept.Write(buffer, offset, count);

        public override void Write(ReadOnlySpan<byte> buffer) => _kept.Write(buffer);
    }
}
