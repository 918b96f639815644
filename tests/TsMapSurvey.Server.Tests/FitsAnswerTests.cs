using TsMapSurvey.Fits;
using TsMapSurvey.Maps.Gadf;

namespace TsMapSurvey.Server.Tests;

public sealed class FitsAnswerTests(StackedServer server) : IClassFixture<StackedServer>
{
    private const string Tile = "/api/surveys/small/tiles/x001y001";

    [Fact]
    public async Task A_quantity_opens_as_the_map_that_it_is_with_its_revision()
    {
        var answer = await server.Client.GetAsync($"{Tile}/bands/flux.fits");
        using var file = FitsFile.Open(new MemoryStream(answer.Bytes), "flux.fits");

        var map = MapReader.Read(file, file.Find("FLUX")!);
        Assert.Equal((20, 20, 2), (map.Geometry.Width, map.Geometry.Height, map.Geometry.PlaneCount));
        Assert.Equal("cm-2 s-1", map.Unit);
        Assert.Equal(answer.Header("Tsmap-Revision"), file.Hdus[0].Header.GetInteger("REVISION")?.ToString());
    }

    [Fact]
    public async Task The_tiles_stack_opens_as_a_dataset_with_its_halo()
    {
        var answer = await server.Client.GetAsync($"{Tile}/dataset.fits.gz");
        using var file = FitsFile.Open(new MemoryStream(answer.Bytes), "dataset.fits.gz");

        var dataset = MapDatasetFile.Read(file);
        Assert.True(dataset.Grid.Width > 20);
        Assert.True(dataset.Counts!.Data.Sum() > 0);
    }

    [Fact]
    [Trait("Pace", "slow")]
    public async Task Astropy_opens_what_is_downloaded()
    {
        var python = Tools.NeedAstropy();
        using var folder = new TemporaryFolder();
        foreach (var (path, name) in new[]
        {
            ($"{Tile}/maps/point.fits", "maps.fits"), ($"{Tile}/point/sqrt_ts.fits", "quantity.fits"),
            ($"{Tile}/point/counts.fits", "counts.fits"),
            ($"{Tile}/dataset.fits.gz", "dataset.fits.gz"), ("/api/surveys/small/mosaic/sqrt_ts.fits", "mosaic.fits"),
        })
            await File.WriteAllBytesAsync(folder.File(name), (await server.Client.GetAsync(path)).Bytes);

        var run = Tools.Run(python, ["-W", "error", "-c", """
            import sys
            from astropy.io import fits
            from astropy.wcs import WCS
            for name, hdu, shape in (('maps', 'SQRT_TS', (1, 20, 20)), ('quantity', 'SQRT_TS', (1, 20, 20)),
                ('counts', 'COUNTS', (1, 20, 20)), ('mosaic', 'SQRT_TS', (40, 60))):
                with fits.open(f'{sys.argv[1]}/{name}.fits', checksum=True) as file:
                    file.verify('exception')
                    assert file[hdu].data.shape == shape, (name, file[hdu].data.shape)
                    assert WCS(file[hdu].header).celestial.wcs.ctype[0].startswith('GLON')
            with fits.open(f'{sys.argv[1]}/dataset.fits.gz') as file:
                assert file['COUNTS'].data.sum() > 0
            """, folder.Path]);

        Assert.True(run.ExitCode == 0, run.Error);
    }
}
