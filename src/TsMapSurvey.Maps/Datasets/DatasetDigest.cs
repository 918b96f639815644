using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Maps.Datasets;

/// <summary>
/// A hash of 128 bits (the first half of SHA-256) for each block of pixels of a dataset. It shows where two datasets of the same geometry
/// differ, without keeping either. It includes all bits of counts, background, exposure and masks, but not IRFs and time intervals.
/// </summary>
public sealed class DatasetDigest
{
    /// <summary>Side of a block in pixels; blocks at the right and upper border of the image may be smaller.</summary>
    public const int BlockPixels = 16;

    private readonly PixelRegion _image;
    private readonly UInt128[] _blocks;

    private DatasetDigest(PixelRegion image, UInt128[] blocks) => (_image, _blocks) = (image, blocks);

    public long ByteSize => 16L * _blocks.Length;

    /// <exception cref="MapException">A map has another image size than the counts, or the counts are on a region.</exception>
    public static DatasetDigest Of(MapDataset dataset)
    {
        var image = dataset.Grid.Region;
        // A block's rows are collected first: the hash takes longer to call than to compute for so few bytes.
        var bytes = new ArrayBufferWriter<byte>();
        var hash = new byte[SHA256.HashSizeInBytes];
        var blocks = Blocks(image).Select(block =>
        {
            bytes.ResetWrittenCount();
            Append(bytes, dataset, "COUNTS", dataset.Counts, block);
            Append(bytes, dataset, "BACKGROUND", dataset.Background, block);
            Append(bytes, dataset, "EXPOSURE", dataset.Exposure, block);
            Append(bytes, dataset, "MASK_SAFE", dataset.MaskSafe, block);
            Append(bytes, dataset, "MASK_FIT", dataset.MaskFit, block);
            SHA256.HashData(bytes.WrittenSpan, hash);
            return BinaryPrimitives.ReadUInt128LittleEndian(hash);
        });
        return new DatasetDigest(image, [.. blocks]);
    }

    /// <summary>
    /// The smallest rectangle that contains all differing blocks: empty if none differs, the whole image if the image sizes differ.
    /// </summary>
    public PixelRegion DifferenceFrom(DatasetDigest other)
    {
        if (other._image != _image) return _image;
        var difference = default(PixelRegion);
        foreach (var (block, i) in Blocks(_image).Select((block, i) => (block, i)))
            if (_blocks[i] != other._blocks[i]) difference = difference.Union(block);
        return difference;
    }

    private static IEnumerable<PixelRegion> Blocks(PixelRegion image)
    {
        for (var y = 0; y < image.Height; y += BlockPixels)
            for (var x = 0; x < image.Width; x += BlockPixels)
                yield return new PixelRegion(x, y, BlockPixels, BlockPixels).Intersect(image);
    }

    /// <summary>Name and number of planes are hashed first, so that a missing map or shifted data give another hash.</summary>
    private static void Append<T>(ArrayBufferWriter<byte> bytes, MapDataset dataset, string hdu, Map<T>? map, PixelRegion block)
        where T : unmanaged
    {
        if (map is not null && (map.Geometry.Width, map.Geometry.Height) != (dataset.Grid.Width, dataset.Grid.Height))
            throw MapErrors.Unsupported(
                dataset.Place, $"{hdu} of {map.Geometry.Width} x {map.Geometry.Height} pixels", "the counts' image size");
        bytes.Write(Encoding.ASCII.GetBytes($"{hdu} {map?.Geometry.PlaneCount ?? -1};"));
        if (map is null) return;
        for (var plane = 0; plane < map.Geometry.PlaneCount; plane++)
            for (var y = block.Y; y < block.Bottom; y++)
                bytes.Write(MemoryMarshal.AsBytes(map.Plane(plane).Slice(y * map.Geometry.Width + block.X, block.Width)));
    }
}
