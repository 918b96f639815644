namespace TsMapSurvey.Hostile.Tests;

/// <summary>Definitions of surveys that would take more than the machine has, or what is not theirs.</summary>
internal static class DefinitionAttacks
{
    private const string Surveys = "/api/surveys";

    public static Attack[] Rows { get; } =
    [
        Of("a kernel of 60 degrees", SmallSky.Definition(
            "wide", tilePixels: 512, kernelWidthDeg: "60", size: "\"pixelSizeDeg\": 0.01, \"widthDeg\": 120, \"heightDeg\": 120")),
        Of("a kernel of 60 degrees on small tiles",
            SmallSky.Definition("wide", kernelWidthDeg: "60", size: "\"pixelSizeDeg\": 0.02, \"widthDeg\": 120, \"heightDeg\": 120")),
        Of("a million energy bins", SmallSky.Definition("fine", bins: "1000000")),
        Of("a pixel of a billionth of a degree",
            SmallSky.Definition("sharp", size: "\"pixelSizeDeg\": 1e-9, \"widthDeg\": 6, \"heightDeg\": 4")),
        Of("tiles of two billion pixels", SmallSky.Definition("large", tilePixels: 2_000_000_000)),
        Of("tiles as large as the sky",
            SmallSky.Definition("large", tilePixels: 30_000, size: "\"pixelSizeDeg\": 0.01, \"widthDeg\": 300, \"heightDeg\": 120")),
        Of("observations that lie in the store's own folders", SmallSky.Definition("greedy", more: "\"observations\": \"surveys/\",")),
        Of("observations outside the store", SmallSky.Definition("greedy", more: "\"observations\": \"../../etc/\",")),
        Of("a file of the server's as IRFs", SmallSky.Definition("curious", more: "\"irfs\": \"/etc/passwd\",")),
        Of("a name that is a path", SmallSky.Definition("../small")),
        new Attack("a hundred thousand tiles", async (server, token) =>
        {
            // Refused, or served within the same bounds as any other.
            var create = Ask.Post(Surveys, SmallSky.Definition(
                "many", tilePixels: 16, size: "\"pixelSizeDeg\": 0.04, \"widthDeg\": 360, \"heightDeg\": 120")).WithKey();
            if (Attack.Expect(create, await server.SendAsync(create, token), 200, 201, 400, 422).Status >= 400) return;
            foreach (var ask in new[] { Ask.Get($"{Surveys}/many/mosaic/sqrt_ts.fits"), Ask.Get($"{Surveys}/many/preview.png"),
                Ask.Get($"{Surveys}/many/mosaic/counts.json?fresh=true&timeout=1"), Ask.Get($"{Surveys}/many/candidates") })
                Attack.Expect(ask, await server.SendAsync(ask, token), 200, 202, 404, 413, 503);
            var delete = Ask.Delete($"{Surveys}/many").WithKey();
            Attack.Expect(delete, await server.SendAsync(delete, token), 204);
            await server.UntilAsync(Ask.Get($"{Surveys}/many"), answer => answer.Status == 404, token);
        }),
        new Attack("another survey under a name that is taken", async (server, token) =>
        {
            var ask = Ask.Put($"{Surveys}/small", SmallSky.Definition("small", tilePixels: 30)).WithKey();
            Attack.Expect(ask, await server.SendAsync(ask, token), 409);
            Assert.Equal(4, (await server.SendAsync(Ask.Get($"{Surveys}/small"), token)).Json.GetProperty("stacked").GetInt32());
        }),
    ];

    private static Attack Of(string name, string definition) => Attack.WithKey(name, Ask.Post(Surveys, definition), 400, 422);
}
