using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Tests.Contract;

/// <summary>The requests, in the order in which they are sent.</summary>
internal static class ContractRows
{
    private const string Surveys = "/api/surveys";
    private const string Survey = Surveys + "/small";
    private const string Tile = Survey + "/tiles/x001y001";
    private const string Hips = "/hips/small/point-sqrt_ts";
    private const string Compute = "/api/compute";
    private const string Notify = Survey + "/observations:notify";
    private const string NoJob = "00000000000000000000000000000000";
    private const string Order = """{ "map": { "kernelWidthDeg": 0.5, "selection": ["ul"] }, "datasets": ["one.fits.gz"] }""";
    private static readonly SkyPosition Centre = new(340, 0, SkyFrame.Galactic);
    private static readonly string[] Forms = ["fits", "png", "json"];

    /// <summary>The quantities of a map that have all formats, each with the end of the operation's name.</summary>
    private static readonly string[] Quantities = ["sqrt_ts", "flux", "flux_ul", "counts", "exposure"];

    /// <summary>Unknown resources and invalid parameters.</summary>
    private static readonly (string Operation, string Path)[] Refused =
    [
        ("getSurvey", Surveys + "/none"),
        ("getStatus", Surveys + "/none/status"),
        ("getInfo", Surveys + "/none/info"),
        ("listTiles", Surveys + "/none/tiles"),
        ("getTile", Surveys + "/none/tiles/x000y000"),
        ("listObservations", Surveys + "/none/observations"),
        ("listCandidates", Surveys + "/none/candidates"),
        ("getMosaicJson", Surveys + "/none/mosaic/sqrt_ts.json"),
        ("listenToEvents", Surveys + "/none/events"),
        ("getPoint", Surveys + "/none/point/1,1"),
        ("getTile", Survey + "/tiles/x009y009"),
        ("getTile", Survey + "/tiles/nix"),
        ("getTile", Survey + "/tiles/X001Y001"),
        ("getTile", Survey + "/tiles/x1y1"),
        ("listObservationsOfTile", Survey + "/tiles/x009y009/observations"),
        ("getDataset", Survey + "/tiles/x009y009/dataset.fits.gz"),
        ("getFluxMaps", Survey + "/tiles/x009y009/maps/point.fits"),
        ("getTileImageJson", Survey + "/tiles/x009y009/point/sqrt_ts.json"),
        ("getFluxMaps", Tile + "/maps/none.fits"),
        ("getTileImageJson", Tile + "/none/sqrt_ts.json"),
        ("getMosaicJson", Survey + "/mosaic/sqrt_ts.json?map=none"),
        ("getStatistics", Survey + "/statistics?map=none"),
        ("listCandidates", Survey + "/candidates?map=none"),
        ("getSeams", Survey + "/seams"),
        ("getPoint", Survey + "/point/1,1?map=none"),
        ("getFluxMaps", Tile + "/maps/point.fits?slice=2d"),
        ("getDataset", Tile + "/dataset.fits.gz?slice=2d"),
        ("getMosaicJson", Survey + "/mosaic/sqrt_ts.json?slice=2d"),
        ("listCandidates", Survey + "/candidates?slice=2d"),
        ("getPixel", Survey + "/pixel/3,3?slice=2d"),
        ("getStatistics", Survey + "/statistics?slice=2d"),
        ("getTileImageJson", Tile + "/point/none.json"),
        ("getMosaicJson", Survey + "/mosaic/none.json"),
        ("getStatistics", Survey + "/statistics?quantity=none"),
        ("getTileImageJson", Tile + "/point/norm_sensitivity.json"),
        ("getColorbar", "/api/colorbar.png?quantity=none"),
        ("getObservation", Survey + "/observations/none.fits"),
        ("getObservation", Survey + "/observations/none"),
        ("getTileImageOfRevisionJson", Tile + "/v/99/point/sqrt_ts.json"),
        ("getTileImageOfMapOfRevisionJson", Tile + "/v/99/maps/point/sqrt_ts.json"),
        ("getTileImageOfRevisionJson", Tile + "/v/x/point/sqrt_ts.json"),
        ("listObservations", Survey + "/observations?state=nope"),
        ("listObservations", Survey + "/observations?limit=0&x=1"),
        ("listTiles", Survey + "/tiles?limit=x"),
        ("getTileImageJson", Tile + "/point/sqrt_ts.json?energy=7"),
        ("getTileImageJson", Tile + "/bands/sqrt_ts.json?energy=7%20m"),
        ("getTileImagePng", Tile + "/point/sqrt_ts.png?colormap_name=none&stretch=none&rescale=2,1"),
        ("getTileImageJson", Tile + "/point/sqrt_ts.json?fresh=x&timeout=-1"),
        ("getPoint", Survey + "/point/400,100"),
        ("getPoint", Survey + "/point/1,1"),
        ("getPoint", Survey + "/point/1,1?frame=none"),
        ("getPixel", Survey + "/pixel/99,99"),
        ("getPixel", Survey + "/pixel/x,1"),
        ("listCandidates", Survey + "/candidates?min_sqrt_ts=x&min_separation=-1&after=x&limit=0"),
        ("getMosaicPng", Survey + "/mosaic/sqrt_ts.png?stretch=none"),
    ];

    public static async Task DefineAsync(ContractRecord record)
    {
        var json = ContractServer.Definition.ToJson();
        await record.GetAsync("surveys", "listSurveys", Surveys);
        await record.AskAsync("surveys", "createSurvey", "POST", Surveys, json, "", "no key");
        await record.AskAsync("surveys", "createSurvey", "POST", Surveys, json, "another key", "a wrong key");
        const string Wrong = """{ "name": "small", "x": 1, "slices": ["0d"] }""";
        await record.AskAsync("surveys", "createSurvey", "POST", Surveys, Wrong, note: "a bad definition");
        await record.AskAsync("surveys", "createSurvey", "POST", Surveys, new byte[] { 1 }, note: "no JSON");
        await record.AskAsync("surveys", "createSurvey", "POST", Surveys, json);
        await record.AskAsync("surveys", "createSurvey", "POST", Surveys, json, note: "again");
        await record.AskAsync("surveys", "putSurvey", "PUT", Survey, json);
        var sliced = (ContractServer.Definition with { Slices = ["all", "7d", "30d"] }).ToJson();
        await record.AskAsync("surveys", "putSurvey", "PUT", Survey, sliced, note: "another slice");
        await record.AskAsync("surveys", "putSurvey", "PUT", Survey, json, note: "without it");
        var other = (ContractServer.Definition with { NightStartUtcHour = 5 }).ToJson();
        await record.AskAsync("surveys", "putSurvey", "PUT", Survey, other, note: "another definition");
        await record.AskAsync("surveys", "putSurvey", "PUT", Surveys + "/other", json, note: "another name");
    }

    public static async Task AskEmptyAsync(ContractRecord record)
    {
        await record.GetAsync("empty", "getStatus", Survey + "/status");
        await record.GetAsync("empty", "listTiles", Survey + "/tiles");
        await record.GetAsync("empty", "getTile", Tile);
        await record.GetAsync("empty", "listObservations", Survey + "/observations");
        await record.GetAsync("empty", "getDataset", Tile + "/dataset.fits.gz");
        await record.GetAsync("empty", "getFluxMaps", Tile + "/maps/point.fits");
        await record.GetAsync("empty", "getFluxMaps", Tile + "/maps/point.fits?slice=7d");
        await record.GetAsync("empty", "getMosaicJson", Survey + "/mosaic/sqrt_ts.json");
        await record.GetAsync("empty", "listCandidates", Survey + "/candidates");
        await record.GetAsync("empty", "getStatistics", Survey + "/statistics");
        await record.GetAsync("empty", "getPoint", Survey + "/point/340,0?frame=galactic");
    }

    public static async Task NotifyAsync(ContractRecord record, string blob)
    {
        var events = $"[{GridEvents.Created(blob)},{GridEvents.Created("elsewhere/x.fits")}]";
        await record.AskAsync("notify", "notify", "POST", Notify, events, ContractServer.WebhookKey, blob);
    }

    /// <summary>Requests before any map was computed.</summary>
    public static async Task AskUncomputedAsync(ContractRecord record)
    {
        await record.GetAsync("uncomputed", "getSurvey", Survey);
        await record.GetAsync("uncomputed", "listTiles", Survey + "/tiles");
        await record.GetAsync("uncomputed", "getFluxMaps", Tile + "/maps/point.fits?timeout=0");
    }

    public static async Task RetractAsync(ContractRecord record, string name)
    {
        var path = $"{Survey}/observations/{name}/retract";
        await record.AskAsync("retracting", "retractObservation", "POST", path, shown: "", note: "no key");
        await record.AskAsync("retracting", "retractObservation", "POST", path);
    }

    public static async Task RetryAsync(ContractRecord record, string name)
    {
        await record.AskAsync("retrying", "retryObservation", "POST", $"{Survey}/observations/sim-0001.fits.gz/retry", note: "stacked");
        await record.AskAsync("retrying", "retryObservation", "POST", $"{Survey}/observations/{name}/retry", shown: "", note: "no key");
        await record.AskAsync("retrying", "retryObservation", "POST", $"{Survey}/observations/{name}/retry");
        await record.AskAsync("retrying", "retryObservation", "POST", Survey + "/observations/none.fits/retry");
    }

    public static async Task ReadAsync(ContractRecord record)
    {
        await record.GetAsync("surveys", "listSurveys", Surveys);
        await record.GetAsync("surveys", "getSurvey", Survey);
        await record.GetAsync("surveys", "getStatus", Survey + "/status");
        await record.GetAsync("surveys", "getInfo", Survey + "/info");
        await record.GetAsync("surveys", "getLive", "/health/live");
        await record.GetAsync("surveys", "getReady", "/health/ready");
        await ReadObservationsAsync(record);
        await ReadTilesAsync(record);
        await ReadTileImagesAsync(record);
        await ReadSurveyWideAsync(record);
        await ReadCandidatesAsync(record);
        await ReadCoverageAsync(record);
        await ReadHipsAsync(record);
        await record.ListenAsync("events", "listenToEvents", Survey + "/events");
        await record.AskAsync("notify", "agreeToNotify", "OPTIONS", Notify, shown: ContractServer.WebhookKey);
        await record.AskAsync("notify", "agreeToNotify", "OPTIONS", Notify, shown: "", note: "no key");
        var handshake = GridEvents.Validation("512d38b6");
        await record.AskAsync("notify", "notify", "POST", Notify, handshake, ContractServer.WebhookKey, "handshake");
        await record.AskAsync("notify", "notify", "POST", Notify, "[7]", ContractServer.WebhookKey, "no event");
        await record.AskAsync("notify", "notify", "POST", Notify, "[]", "", "no key");
    }

    public static async Task ReadAgainAsync(ContractRecord record)
    {
        await record.GetAsync("again", "getSurvey", Survey);
        await record.GetAsync("again", "listObservations", Survey + "/observations");
        await record.GetAsync("again", "listTiles", Survey + "/tiles");
        await record.GetAsync("again", "getMosaicFits", Survey + "/mosaic/counts.fits");
        await record.GetAsync("again", "getMosaicFits", Survey + "/mosaic/sqrt_ts.fits");
    }

    public static async Task<string> OpenJobAsync(ContractRecord record, byte[] dataset)
    {
        await record.AskAsync("compute", "openJob", "POST", Compute, Order, "", "no key");
        await record.AskAsync("compute", "openJob", "POST", Compute, """{ "map": { "rtol": 7 }, "datasets": [], "x": 1 }""", note: "wrong");
        var job = (await record.AskAsync("compute", "openJob", "POST", Compute, Order)).Header("Location")!;
        await record.GetAsync("compute", "getJob", job);
        await record.AskAsync("compute", "startJob", "POST", job + "/start", note: "too early");
        await record.GetAsync("compute", "getMapsOfJob", job + "/maps.fits");
        await record.AskAsync("compute", "putDataset", "POST", job + "/datasets/0", dataset);
        await record.AskAsync("compute", "putDataset", "POST", job + "/datasets/0", dataset[1..], note: "another one");
        await record.AskAsync("compute", "putDataset", "POST", job + "/datasets/1", dataset);
        await record.AskAsync("compute", "startJob", "POST", job + "/start");
        return job;
    }

    public static async Task FetchJobAsync(ContractRecord record, string job)
    {
        await record.GetAsync("compute", "getJob", job);
        await record.GetAsync("compute", "getMapsOfJob", job + "/maps.fits");
        await record.AskAsync("compute", "deleteJob", "DELETE", job, shown: "", note: "no key");
        await record.AskAsync("compute", "deleteJob", "DELETE", job);
        foreach (var unknown in new[] { job, $"{Compute}/{NoJob}", Compute + "/nix" })
        {
            await record.GetAsync("compute", "getJob", unknown);
            await record.GetAsync("compute", "getMapsOfJob", unknown + "/maps.fits");
            await record.AskAsync("compute", "startJob", "POST", unknown + "/start");
            await record.AskAsync("compute", "putDataset", "POST", unknown + "/datasets/0", "none");
            await record.AskAsync("compute", "deleteJob", "DELETE", unknown);
        }
    }

    public static async Task DeleteAsync(ContractRecord record)
    {
        await record.AskAsync("deleting", "deleteSurvey", "DELETE", Survey, shown: "", note: "no key");
        await record.AskAsync("deleting", "deleteSurvey", "DELETE", Survey);
        await record.AskAsync("deleting", "deleteSurvey", "DELETE", Survey, note: "again");
        await record.AskAsync("deleting", "deleteSurvey", "DELETE", Surveys + "/none");
        await record.GetAsync("deleting", "getSurvey", Survey);
        await record.GetAsync("deleting", "listSurveys", Surveys);
    }

    public static async Task RefuseAsync(ContractRecord record)
    {
        foreach (var (operation, path) in Refused) await record.GetAsync("refused", operation, path);
        await record.AskAsync("refused", "retractObservation", "POST", Survey + "/observations/none.fits/retract");
        await record.AskAsync("refused", "putSurvey", "POST", Survey, "{}", note: "no such method");
    }

    private static async Task ReadObservationsAsync(ContractRecord record)
    {
        foreach (var query in new[] { "", "?state=quarantined,retracted", "?limit=2", "?after=sim-0002.fits.gz&limit=1" })
            await record.GetAsync("observations", "listObservations", $"{Survey}/observations{query}");
        foreach (var name in new[] { "sim-0001.fits.gz", "sim-0005.fits.gz", ContractServer.Bad })
            await record.GetAsync("observations", "getObservation", $"{Survey}/observations/{name}");
    }

    private static async Task ReadCoverageAsync(ContractRecord record)
    {
        foreach (var (operation, path) in new[]
        {
            ("getCoverage", "coverage.moc"), ("getCoverageFits", "coverage.fits?order=6"), ("getCoverageJson", "coverage.json?order=5"),
            ("getCoverageByTime", "coverage.stmoc"), ("getCoverageByTimeFits", "coverage.stmoc.fits"),
            ("getCoverageByTimeJson", "coverage.stmoc.json"), ("getCoverage", "coverage.moc?slice=7d"),
            ("getCoverage", "coverage.moc?order=30"),
            ("getHealpixCell", "healpix/5/10557?min_sqrt_ts=3&timeout=60"), ("getHealpixCell", "healpix/30/0"),
        }) await record.GetAsync("coverage", operation, $"{Survey}/{path}");
        const string Cell = """{"5":[10557]}""";
        await record.AskAsync("coverage", "postRegion", "POST", Survey + "/regions?timeout=60", Cell, "", "no key is needed");
        await record.AskAsync("coverage", "postRegion", "POST", Survey + "/regions", """{"30":[1]}""", note: "no such order");
    }

    private static async Task ReadTilesAsync(ContractRecord record)
    {
        foreach (var query in new[] { "", "?limit=1", "?after=x001y000&limit=2" })
            await record.GetAsync("tiles", "listTiles", $"{Survey}/tiles{query}");
        await record.GetAsync("tiles", "getTile", Tile);
        await record.GetAsync("tiles", "listObservationsOfTile", Tile + "/observations");
        await record.GetAsync("tiles", "listObservationsOfTile", Tile + "/observations?limit=1");
        await record.GetAsync("tile-files", "getDataset", Tile + "/dataset.fits.gz");
        await record.GetAsync("tile-files", "getDataset", Tile + "/dataset.fits.gz?slice=7d");
        await record.GetAsync("tile-files", "getFluxMaps", Tile + "/maps/point.fits");
        await record.GetAsync("tile-files", "getFluxMaps", Tile + "/maps/bands.fits?slice=7d");
    }

    private static async Task ReadTileImagesAsync(ContractRecord record)
    {
        foreach (var form in Forms)
        {
            var name = char.ToUpperInvariant(form[0]) + form[1..];
            foreach (var quantity in Quantities.Where(quantity => quantity != "flux"))
                await record.GetAsync("tile-images", $"getTileImage{name}", $"{Tile}/point/{quantity}.{form}");
            await record.GetAsync("tile-images", $"getTileImage{name}", $"{Tile}/bands/flux.{form}?energy=1&slice=7d");
            await record.GetAsync("tile-images", $"getTileImageOfMap{name}", $"{Tile}/maps/point/norm_err.{form}?fresh=true&timeout=40");
            await record.GetAsync("tile-images", $"getTileImageOfRevision{name}", $"{Tile}/v/6/point/sqrt_ts.{form}");
            await record.GetAsync("tile-images", $"getTileImageOfMapOfRevision{name}", $"{Tile}/v/6/maps/bands/sqrt_ts.{form}?energy=0");
        }

        await record.GetAsync("tile-images", "getTileImagePng", Tile + "/point/sqrt_ts.png?colormap_name=viridis&stretch=sqrt&rescale=0,5");
    }

    private static async Task ReadSurveyWideAsync(ContractRecord record)
    {
        foreach (var form in Forms)
        {
            var operation = $"getMosaic{char.ToUpperInvariant(form[0])}{form[1..]}";
            foreach (var quantity in Quantities) await record.GetAsync("mosaic", operation, Fresh($"{Survey}/mosaic/{quantity}.{form}"));
            await record.GetAsync("mosaic", operation, Fresh($"{Survey}/mosaic/sqrt_ts.{form}?map=bands&energy=1&slice=7d"));
        }

        await record.GetAsync("mosaic", "getPreview", Survey + "/preview.png");
        await record.GetAsync("mosaic", "getPreview", Survey + "/preview.png?quantity=counts&slice=7d&fresh=true&timeout=40");
        await record.GetAsync("mosaic", "getColorbar", "/api/colorbar.png?quantity=flux&stretch=sqrt&rescale=0,1e-12");
        foreach (var query in new[] { "", "?quantity=counts", "?quantity=exposure", "?map=bands&energy=1", "?slice=7d" })
            await record.GetAsync("statistics", "getStatistics", Fresh($"{Survey}/statistics{query}"));
        foreach (var query in new[] { "340,0?frame=galactic", "252.8,-45.2", "340,1.9?frame=galactic&map=bands&energy=1&slice=7d" })
            await record.GetAsync("points", "getPoint", Fresh($"{Survey}/point/{query}"));
        foreach (var query in new[] { "30,20", "25,22?map=bands&energy=1", "30,20?slice=7d" })
            await record.GetAsync("points", "getPixel", $"{Survey}/pixel/{query}");
        await ReadPointsAsync(record);
    }

    private static async Task ReadPointsAsync(ContractRecord record)
    {
        const string Position = Survey + "/point/252.8,-45.2";
        await record.GetAsync("points", "getPoint", Position + "?confidence=0.95");
        await record.GetAsync("points", "getHealpixPoint", $"{Survey}/healpix/8/{HealpixCell.Containing(Centre, 8).Index}/point");
        foreach (var (operation, path) in new[] { ("getSpectrum", "spectrum"), ("getProfile", "profile"), ("getAssets", "assets") })
        {
            await record.GetAsync("points", operation, $"{Position}/{path}");
            foreach (var form in new[] { "json", "csv", "ecsv", "vot", "parquet", "fits" })
                await record.GetAsync("points", $"{operation}{char.ToUpperInvariant(form[0])}{form[1..]}", $"{Position}/{path}.{form}");
        }

        const string Rows = """[{ "ra": 252.8, "dec": -45.2, "name": "one" }, { "ra": 1, "dec": 1 }]""";
        await record.AskAsync("points", "postPoints", "POST", Survey + "/points?n_sigma_ul=3", Rows, "");
        await record.AskAsync("points", "postPoints", "POST", Survey + "/points?format=csv", Rows, "");
        await record.AskAsync("points", "postPoints", "POST", Survey + "/points", """[{ "ra": 400, "dec": null }]""", note: "no positions");
        await record.AskAsync("points", "postPoints", "POST", Survey + "/points", new byte[] { 1 }, note: "no table");
    }

    private static async Task ReadHipsAsync(ContractRecord record)
    {
        await record.GetAsync("hips", "listHips", "/hipslist");
        var tile = $"Norder3/Dir0/Npix{HealpixCell.Containing(new SkyPosition(340, 0, SkyFrame.Galactic), 3).Index}";
        var properties = await record.AskAsync("hips", "getHipsProperties", "GET", Hips + "/properties");
        var version = properties.ETag!.Split('-') is [var revision, var digest, ..] ? $"{revision.Trim('"')}-{digest}" : "";
        foreach (var (path, name) in new[] { ("", ""), ($"/v/{version}", "OfVersion") })
        {
            await record.GetAsync("hips", $"getHipsProperties{name}", $"{Hips}{path}/properties");
            await record.GetAsync("hips", $"getHipsMoc{name}", $"{Hips}{path}/Moc.fits");
            await record.GetAsync("hips", $"getHipsAllskyFits{name}", $"{Hips}{path}/Norder3/Allsky.fits");
            await record.GetAsync("hips", $"getHipsAllskyPng{name}", $"{Hips}{path}/Norder3/Allsky.png");
            await record.GetAsync("hips", $"getHipsTileFits{name}", $"{Hips}{path}/{tile}.fits");
            await record.GetAsync("hips", $"getHipsTilePng{name}", $"{Hips}{path}/{tile}.png?colormap_name=viridis&rescale=0,5");
            await record.GetAsync("hips", $"getHipsCubeTileFits{name}", $"{Hips}{path}/Norder3_4/Dir0_20/Npix450_25.fits");
            await record.GetAsync("hips", $"getHipsCubeTilePng{name}", $"{Hips}{path}/Norder3_4/Dir0_20/Npix450_25.png");
        }

        await record.GetAsync("hips", "getHipsTileFits", $"{Hips}/Norder3/Dir0/Npix0.fits");
        await record.GetAsync("hips", "getHipsTilePng", $"{Hips}/{tile}.png?stretch=none&x=1");
        await record.GetAsync("hips", "getHipsProperties", "/hips/small/none/properties");
    }

    private static string Fresh(string path) => $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}fresh=true&timeout=40";

    private static async Task ReadCandidatesAsync(ContractRecord record)
    {
        foreach (var (operation, path) in new[]
                 {
                     ("listCandidates", "candidates?min_sqrt_ts=3"),
                     ("listCandidates", "candidates?min_sqrt_ts=3&limit=1"),
                     ("listCandidates", "candidates?map=bands&min_sqrt_ts=3&slice=7d"),
                     ("getCandidatesJson", "candidates.json?min_sqrt_ts=3"),
                     ("getCandidatesJson", "candidates.json"),
                     ("getCandidatesCsv", "candidates.csv?min_sqrt_ts=3"),
                     ("getCandidatesEcsv", "candidates.ecsv?min_sqrt_ts=3"),
                     ("getCandidatesVot", "candidates.vot?min_sqrt_ts=3"),
                     ("getCandidatesEcsv", "candidates.ecsv?min_sqrt_ts=3&slice=7d"),
                 })
            await record.GetAsync("candidates", operation, Fresh($"{Survey}/{path}"));
    }
}
