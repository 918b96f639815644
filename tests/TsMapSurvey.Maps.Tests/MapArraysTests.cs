using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Datasets;
using TsMapSurvey.Maps.Gadf;
using TsMapSurvey.SampleData;

namespace TsMapSurvey.Maps.Tests;

public sealed class MapArraysTests
{
    [Fact]
    public void A_dataset_read_into_pooled_arrays_is_the_same_and_allocates_little()
    {
        var content = new MemoryStream();
        using (var writer = new FitsWriter(content, gzip: true, leaveOpen: true))
            MapDatasetFile.Write(writer, Large(), FitsElementType.Double);
        var fresh = Read(content, null);
        var arrays = new MapArrays(1L << 30);
        // The pooled buffers for the decompressed file are also allocated in the first readings only.
        for (var i = 0; i < 3; i++) arrays.Return(Read(content, arrays));
        var waiting = arrays.IdleBytes;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var again = Read(content, arrays);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(fresh.Counts!.Data, again.Counts!.Data);
        Assert.Equal(fresh.Background!.Data, again.Background!.Data);
        Assert.Equal(fresh.Exposure!.Data, again.Exposure!.Data);
        Assert.Equal(fresh.MaskSafe!.Data, again.MaskSafe!.Data);
        Assert.InRange(allocated, 0, waiting / 4);
    }

    [Fact]
    public void Returning_arrays_beyond_the_limit_empties_the_pool()
    {
        var arrays = new MapArrays(1000);
        var kept = arrays.Take<double>(100);
        arrays.Return(kept);
        Assert.Same(kept, arrays.Take<double>(100));
        arrays.Return(kept);
        arrays.Return(new bool[500]);
        Assert.Equal(500, arrays.IdleBytes);
        Assert.NotSame(kept, arrays.Take<double>(100));
        arrays.Return(new double[126]);
        Assert.Equal(0, arrays.IdleBytes);
    }

    private static MapDataset Read(MemoryStream content, MapArrays? arrays)
    {
        content.Position = 0;
        using var file = FitsFile.Open(content, "large.fits.gz", leaveOpen: true);
        return MapDatasetFile.Read(file, arrays);
    }

    private static MapDataset Large()
    {
        var small = Samples.Observation();
        var grid = small.Grid.Cutout(0, 0, 120, 110);
        Map<double> Fill(MapGeometry geometry, string unit)
        {
            var map = new Map<double>(geometry.WithGrid(grid), unit);
            for (var i = 0; i < map.Data.Length; i++) map.Data[i] = i % 97;
            return map;
        }

        var counts = Fill(small.Counts!.Geometry, "");
        return small with
        {
            Counts = counts,
            Background = Fill(small.Background!.Geometry, ""),
            Exposure = Fill(small.Exposure!.Geometry, "m2 s"),
            MaskSafe = new Map<bool>(counts.Geometry, Array.ConvertAll(counts.Data, value => value > 3)),
            MaskFit = null,
        };
    }
}
