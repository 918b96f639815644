using System.Net;

namespace TsMapSurvey.Server.Tests;

public sealed class HostileTests(StackedServer server) : IClassFixture<StackedServer>
{
    private const string Survey = "/api/surveys/small";

    public static TheoryData<string> Nowhere => new(
        "/api/surveys/nix", "/api/surveys/..%2f..%2fetc", "/api/surveys/%00", "/api/surveys/small%2f",
        $"/api/surveys/{new string('a', 3000)}", "/api/surveys/SMALL",
        "/api/surveys/%F0%9F%92%A9", "/api/surveys/small/../../x", $"{Survey}/tiles/x1y1", $"{Survey}/tiles/x009y000",
        $"{Survey}/tiles/x-01y000", $"{Survey}/tiles/..%2fmanifest.json",
        $"{Survey}/tiles/x99999999999y000", $"{Survey}/tiles/x001y001/nix/sqrt_ts.png",
        $"{Survey}/tiles/x001y001/point/..%2f..%2fmanifest.json", $"{Survey}/tiles/x001y001/point/sqrt_ts.exe",
        $"{Survey}/tiles/x001y001/maps/nix.fits", $"{Survey}/tiles/x001y001/v/x/point/sqrt_ts.png", $"{Survey}/observations/nope.fits",
        $"{Survey}/observations/../../surveys/small/tiles/x001y001/manifest.json",
        $"{Survey}/observations/..%2f..%2fsecret.fits", $"{Survey}/observations/%ED%A0%80.fits",
        $"{Survey}/observations/{new string('n', 2000)}.fits", $"{Survey}/mosaic/nix.png",
        $"{Survey}/point/0,0", $"{Survey}/hips/Norder3/Dir0/Npix0.fits", "/page/../appsettings.json", "/nowhere");

    public static TheoryData<string, int> Bad => new()
    {
        { $"{Survey}/observations?state=nope&limit=x", 2 },
        { $"{Survey}/observations?limit=0", 1 },
        { $"{Survey}/observations?statr=stacked", 1 },
        { $"{Survey}/point/abc,91?frame=mars&energy=9&fresh=perhaps&timeout=-1", 6 },
        { $"{Survey}/point/NaN,Infinity", 2 },
        { $"{Survey}/pixel/-1,1e3", 2 },
        { $"{Survey}/pixel/60,40", 2 },
        { $"{Survey}/tiles/x001y001/point/sqrt_ts.png?colormap_name=mud&energy=1%20kg", 3 },
        { $"{Survey}/mosaic/sqrt_ts.png?rescale=5,1", 1 },
        { $"{Survey}/mosaic/counts.png?energy=1", 1 },
        { $"{Survey}/candidates.json?min_sqrt_ts=1&min_separation=x", 2 },
        { "/api/colorbar.png", 1 },
    };

    [Theory]
    [MemberData(nameof(Nowhere))]
    public async Task What_is_not_there_is_a_problem_and_no_more(string path)
    {
        var answer = await server.Client.GetAsync(path);

        Assert.InRange((int)answer.Status, 400, 499);
        if (answer.Bytes.Length == 0 && answer.Status == HttpStatusCode.BadRequest) return;
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType?.MediaType);
        Assert.Equal((int)answer.Status, answer.Json.GetProperty("status").GetInt32());
        Assert.NotEmpty(answer.Json.GetProperty("detail").GetString()!);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Every_bad_parameter_is_listed(string path, int errors)
    {
        var answer = await server.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType?.MediaType);
        Assert.True(errors == answer.Json.GetProperty("errors").GetArrayLength(), answer.Json.ToString());
    }

    [Fact]
    public async Task A_wrong_name_tells_the_right_ones()
    {
        async Task<string> DetailAsync(string path) => (await server.Client.GetAsync(path)).Json.GetProperty("detail").GetString()!;

        Assert.Contains("x002y001", await DetailAsync($"{Survey}/tiles/x009y000"), StringComparison.Ordinal);
        Assert.Contains("point, bands", await DetailAsync($"{Survey}/tiles/x001y001/nix/ts.png"), StringComparison.Ordinal);
        Assert.Contains("flux_ul", await DetailAsync($"{Survey}/tiles/x001y001/point/nix.png"), StringComparison.Ordinal);
        Assert.Contains("small", await DetailAsync("/api/surveys/nix"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_key_is_set_nobody_posts_events()
    {
        var answer = await server.Client.PostAsync($"{Survey}/observations:notify?key=", $"[{GridEvents.Created("observations/a.fits")}]");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("Intake:WebhookKey", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_methods_are_refused_as_a_problem()
    {
        var answer = await server.Client.SendAsync(HttpMethod.Patch, Survey, null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentHeaders.ContentType?.MediaType);
    }
}
