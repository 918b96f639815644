using System.IO.Hashing;
using System.Text;
using TsMapSurvey.Contracts;
using TsMapSurvey.Hips;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Description;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Vo.Hips;

/// <summary>
/// HiPS (IVOA HiPS 1.0) of the layers of all surveys: live, or of one version, which never changes. Nothing is in the query of a base
/// address, since viewers append to it.
/// </summary>
internal static class HipsEndpoints
{
    public const string Root = "/hips";
    private const string Tag = "HiPS";
    private const string Allsky = "Norder3/Allsky";

    public static void AddServices(IServiceCollection services) => services.AddSingleton<HipsVersions>().AddSingleton<LayerImages>()
        .AddSingleton<HipsParents>().AddSingleton<HipsTiles>().AddSingleton<CubeTiles>().AddSingleton<HipsPictures>()
        .AddSingleton<HipsServices>();

    public static void Map(WebApplication app)
    {
        app.MapGet("/hipslist", ListAsync).WithTags(Tag).WithName("listHips").ProducesProblem(503)
            .WithSummary("All HiPS of this server with their addresses, as the HiPS standard describes lists")
            .Produces<string>(200, "text/plain");
        var hips = app.MapGroup(Root + "/{survey}/{layer}").AddEndpointFilter<KnownParameters>().ProducesProblem(400).ProducesProblem(404)
            .ProducesProblem(503);
        foreach (var (path, name) in new[] { ("", ""), ("/v/{version}", "OfVersion") })
        {
            var group = hips.MapGroup(path).WithTags(Tag);
            group.MapGet("/properties", PropertiesAsync).WithName($"getHipsProperties{name}").WithVersionHeaders()
                .WithSummary("What the HiPS is, as lines of keywords").Produces<string>(200, "text/plain");
            group.MapGet("/Moc.fits", MocAsync).WithName($"getHipsMoc{name}").WithVersionHeaders()
                .WithSummary("Where the HiPS has tiles: a multi-order coverage map").Produces<Stream>(200, MapFile.Fits);
            group.MapGet("/Norder3/Allsky.fits", AllskyFitsAsync).WithName($"getHipsAllskyFits{name}").WithVersionHeaders()
                .WithSummary("All tiles of order 3 in one image").Produces<Stream>(200, MapFile.Fits);
            group.MapGet("/Norder3/Allsky.png", AllskyPngAsync).WithName($"getHipsAllskyPng{name}").WithVersionHeaders()
                .WithSummary("All tiles of order 3 in one picture").Produces<Stream>(200, MapFile.Png);
            group.MapGet("/Norder{order:int}/Dir{dir:long}/Npix{npix:long}.fits", TileFitsAsync).WithName($"getHipsTileFits{name}")
                .WithVersionHeaders().WithSummary("A tile: 512 x 512 values").Produces<Stream>(200, MapFile.Fits);
            group.MapGet("/Norder{order:int}/Dir{dir:long}/Npix{npix:long}.png", TilePngAsync).WithName($"getHipsTilePng{name}")
                .WithVersionHeaders().WithSummary("A tile as a picture, transparent where there is no value")
                .Produces<Stream>(200, MapFile.Png);
            CubeEndpoints.Map(group, name);
        }
    }

    private static async Task<IResult> ListAsync(
        HttpRequest request, KnownSurveys known, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var name in await known.ListAsync(cancellationToken))
        {
            var survey = await known.GetAsync(name, cancellationToken);
            if ((await grains.Survey(name).GetStatus(cancellationToken)).ComputedAt is not { } computedAt) continue;
            foreach (var layer in survey.Survey.Layers)
                text.Append(HipsText.Entry(survey, layer, computedAt, $"{request.Scheme}://{request.Host}{Root}/{name}/{layer.Name}"))
                    .Append('\n');
        }

        return new LiveText(Encoding.UTF8.GetBytes(text.ToString()), HipsFile.Text, null);
    }

    private static async Task<IResult> PropertiesAsync(
        string survey, string layer, HttpRequest request, HipsServices hips, CancellationToken cancellationToken)
    {
        var found = await hips.FindAsync(survey, layer, request, cancellationToken);
        var own = found.Version;
        return new HipsFile(found.Data, HipsFile.Text, $"{own.Name}-properties{(found.IsImmutable ? "-own" : "")}", found.IsImmutable,
            async token =>
        {
            var (tile, blob) = HipsVersion.WithPixels(own.Index.Parts).First();
            var image = await hips.Images.GetAsync(own.Survey, own.Layer, tile, blob, token);
            return Encoding.UTF8.GetBytes(HipsText.Properties(
                own, await hips.Pictures.ScaleAsync(own, token), image.Unit, found.IsImmutable));
        });
    }

    private static async Task<IResult> MocAsync(
        string survey, string layer, HttpRequest request, HipsServices hips, CancellationToken cancellationToken)
    {
        var found = await hips.FindAsync(survey, layer, request, cancellationToken);
        return new HipsFile(found.Data, MapFile.Fits, $"{found.Version.Name}-moc", found.IsImmutable,
            _ => hips.Tiles.ComputeAsync(() => HipsMoc.Fits(found.Version.Pyramid.Coverage, found.Version.Layer.Cube)));
    }

    private static async Task<IResult> AllskyFitsAsync(
        string survey, string layer, HttpRequest request, HipsServices hips, CancellationToken cancellationToken)
    {
        var found = Image(await hips.FindAsync(survey, layer, request, cancellationToken), Allsky);
        return new HipsFile(found.Data, MapFile.Fits, $"{found.Version.Name}-allsky", found.IsImmutable,
            token => hips.Tiles.AllskyAsync(found.Version, token));
    }

    private static async Task<IResult> AllskyPngAsync(
        string survey, string layer, HttpRequest request, [AsParameters] PictureQuery picture, HipsServices hips,
        CancellationToken cancellationToken)
    {
        var found = Image(await hips.FindAsync(survey, layer, request, cancellationToken), Allsky);
        var scale = await ScaleAsync(found.Version, picture, hips, cancellationToken);
        return new HipsFile(found.Data, MapFile.Png, $"{found.Version.Name}-allsky-{Digest(scale)}", found.IsImmutable,
            token => hips.Pictures.AllskyAsync(found.Version, scale, token));
    }

    private static async Task<IResult> TileFitsAsync(
        string survey, string layer, HttpRequest request, int order, long dir, long npix, HipsServices hips,
        CancellationToken cancellationToken)
    {
        var found = await hips.FindAsync(survey, layer, request, cancellationToken);
        var cell = Cell(found, order, dir, npix);
        return new HipsFile(found.Data, MapFile.Fits, $"{found.Version.NameOf(cell)}", found.IsImmutable,
            token => hips.Tiles.FitsAsync(found.Version, cell, token));
    }

    private static async Task<IResult> TilePngAsync(
        string survey, string layer, HttpRequest request, int order, long dir, long npix, [AsParameters] PictureQuery picture,
        HipsServices hips, CancellationToken cancellationToken)
    {
        var found = await hips.FindAsync(survey, layer, request, cancellationToken);
        var cell = Cell(found, order, dir, npix);
        var scale = await ScaleAsync(found.Version, picture, hips, cancellationToken);
        return new HipsFile(found.Data, MapFile.Png, $"{found.Version.NameOf(cell)}-{Digest(scale)}", found.IsImmutable,
            token => hips.Pictures.TileAsync(found.Version, cell, scale, token));
    }

    private static HealpixCell Cell(FoundHips found, int order, long dir, long npix)
    {
        var cell = new HealpixCell(order, npix);
        return found.Version.Cube is null && found.Version.Pyramid.Has(cell) && dir == HipsOrders.FolderOf(npix)
            ? cell : throw RequestErrors.NoSuchTile(found.Version.Layer.Name, $"Norder{order}/Dir{dir}/Npix{npix}");
    }

    private static FoundHips Image(FoundHips found, string path) =>
        found.Version.Cube is null ? found : throw RequestErrors.NoSuchTile(found.Version.Layer.Name, path);

    public static async Task<Plots.ColorScale> ScaleAsync(
        HipsVersion version, PictureQuery picture, HipsServices hips, CancellationToken cancellationToken)
    {
        var parameters = new Parameters();
        var own = await hips.Pictures.ScaleAsync(version, cancellationToken);
        var scale = parameters.Try<Plots.PlotException, Plots.ColorScale>(
            () => own.With(picture.ColormapName, picture.Stretch, picture.Rescale));
        parameters.Check();
        return scale!;
    }

    public static string Digest(Plots.ColorScale scale) =>
        Convert.ToHexStringLower(XxHash64.Hash(Encoding.UTF8.GetBytes(scale.ToString())));
}
