using TsMapSurvey.Hips;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Vo.Hips;

/// <summary>The tiles of HiPS cubes (IVOA HiPS 2.0, draft of May 2026), with an order and an index of frequency.</summary>
internal static class CubeEndpoints
{
    private const string Path = "/Norder{order:int}_{" + CubeTilePath.FrequencyOrderName + ":int}/Dir{dir:long}_{"
        + CubeTilePath.FrequencyDirName + ":long}/Npix{npix:long}_{" + CubeTilePath.FrequencyPixName + ":long}";

    /// <param name="name">Ends the names of the operations.</param>
    public static void Map(RouteGroupBuilder group, string name)
    {
        group.MapGet(Path + ".fits", FitsAsync).WithName($"getHipsCubeTileFits{name}").WithVersionHeaders()
            .WithSummary("A tile of a cube: 256 x 256 values for each of its frequencies").Produces<Stream>(200, MapFile.Fits);
        group.MapGet(Path + ".png", PngAsync).WithName($"getHipsCubeTilePng{name}").WithVersionHeaders()
            .WithSummary("A tile of a cube as a picture: its frequencies side by side, line by line").Produces<Stream>(200, MapFile.Png);
    }

    private static async Task<IResult> FitsAsync(
        string survey, string layer, HttpRequest request, [AsParameters] CubeTilePath path, HipsServices hips,
        CancellationToken cancellationToken)
    {
        var found = await hips.FindAsync(survey, layer, request, cancellationToken);
        var cell = Cell(found, path);
        return new HipsFile(found.Data, MapFile.Fits, $"{found.Version.NameOf(cell.Space)}", found.IsImmutable,
            token => hips.Cubes.FitsAsync(found.Version, cell, token));
    }

    private static async Task<IResult> PngAsync(
        string survey, string layer, HttpRequest request, [AsParameters] CubeTilePath path, [AsParameters] PictureQuery picture,
        HipsServices hips, CancellationToken cancellationToken)
    {
        var found = await hips.FindAsync(survey, layer, request, cancellationToken);
        var cell = Cell(found, path);
        var scale = await HipsEndpoints.ScaleAsync(found.Version, picture, hips, cancellationToken);
        return new HipsFile(
            found.Data, MapFile.Png, $"{found.Version.NameOf(cell.Space)}-{HipsEndpoints.Digest(scale)}", found.IsImmutable,
            token => hips.Cubes.PngAsync(found.Version, cell, scale, token));
    }

    private static CubeCell Cell(FoundHips found, CubeTilePath path)
    {
        var cell = new CubeCell(new HealpixCell(path.Order, path.Npix), path.FrequencyOrder, path.FrequencyPix);
        return found.Version.Cube?.HasFrequencies(cell) == true && found.Version.Pyramid.Has(cell.Space)
            && path.Dir == HipsOrders.FolderOf(path.Npix) && path.FrequencyDir == CubeCell.FolderOf(path.FrequencyPix)
            ? cell
            : throw RequestErrors.NoSuchTile(found.Version.Layer.Name, FormattableString.Invariant(
                $"Norder{path.Order}_{path.FrequencyOrder}/Dir{path.Dir}_{path.FrequencyDir}/Npix{path.Npix}_{path.FrequencyPix}"));
    }
}
