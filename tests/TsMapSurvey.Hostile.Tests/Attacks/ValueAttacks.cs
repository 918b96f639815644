namespace TsMapSurvey.Hostile.Tests;

/// <summary>Numbers and words of queries and paths.</summary>
internal static class ValueAttacks
{
    private const string Survey = "/api/surveys/small";
    private const int Pictures = 200;

    public static Attack[] Rows { get; } =
    [
        Attack.OfAll("a position that is no number", [Ask.Get($"{Survey}/point/NaN,Infinity"), Ask.Get($"{Survey}/point/1e400,0"),
            Ask.Get($"{Survey}/point/0,-1e400"), Ask.Get($"{Survey}/point/0x10,0")], 400),
        Attack.OfAll("a pixel beyond 32 bits", [Ask.Get($"{Survey}/pixel/2147483648,0"),
            Ask.Get($"{Survey}/pixel/-1,99999999999999999999"), Ask.Get($"{Survey}/pixel/1e1,1")], 400),
        Attack.OfAll("a range too narrow to draw", [Ask.Get($"{Survey}/mosaic/sqrt_ts.png?rescale=0,5e-324"),
            Ask.Get($"{Survey}/preview.png?rescale=1e-310,2e-310"), Ask.Get("/api/colorbar.png?rescale=0,4.9e-324")], 400),
        Attack.OfAll("a range that is none", [Ask.Get($"{Survey}/mosaic/sqrt_ts.png?rescale=NaN,1"),
            Ask.Get($"{Survey}/mosaic/sqrt_ts.png?rescale=-1e308,1e308"), Ask.Get($"{Survey}/mosaic/sqrt_ts.png?rescale=0,1e400")], 400),
        Attack.OfAll("thresholds and times beyond numbers", [Ask.Get($"{Survey}/candidates?min_sqrt_ts=1e400"), Ask.Get(
            $"{Survey}/candidates?min_sqrt_ts=NaN"), Ask.Get($"{Survey}/candidates?fresh=true&timeout=1e300"),
            Ask.Get($"{Survey}/candidates?timeout=-1e-320")], 400),
        Attack.OfAll("a page of as many as one likes", [Ask.Get($"{Survey}/observations?limit=99999999999999999999"),
            Ask.Get($"{Survey}/tiles?limit=2147483647"), Ask.Get($"{Survey}/tiles?after={new string('x', 1001)}")], 400),
        Attack.OfAll("a revision beyond 64 bits", [Ask.Get($"{Survey}/tiles/x001y001/v/9223372036854775808/point/sqrt_ts.json"),
            Ask.Get($"{Survey}/tiles/x001y001/v/-1/point/sqrt_ts.json")], 400, 404),
        new Attack("two states at once", async (server, token) =>
        {
            var ask = Ask.Get($"{Survey}/observations?state=planned,stacking");
            Assert.Equal(0, Attack.Expect(ask, await server.SendAsync(ask, token), 200).Json.GetArrayLength());
            ask = Ask.Get($"{Survey}/observations?state=planned,stacked");
            Assert.Equal(4, Attack.Expect(ask, await server.SendAsync(ask, token), 200).Json.GetArrayLength());
        }),
        Attack.OfAll("words that are numbers", [Ask.Get($"{Survey}/observations?state=6"),
            Ask.Get($"{Survey}/mosaic/sqrt_ts.png?stretch=1"), Ask.Get($"{Survey}/mosaic/sqrt_ts.png?stretch=sqrt,linear")], 400),
        Attack.OfAll("a parameter twice, and one that is not there", [Ask.Get($"{Survey}/candidates?map=point&map=nix"),
            Ask.Get($"{Survey}/observations?limit=1&limit=2"), Ask.Get($"{Survey}/observations?statr=stacked")], 400),
        Attack.Of("a parameter of 7,000 letters", Ask.Get($"{Survey}/candidates?map={new string('m', 7000)}"), 400, 404),
        new Attack("two hundred pictures with ranges of their own", async (server, token) =>
        {
            await Parallel.ForEachAsync(Enumerable.Range(1, Pictures),
                new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = token }, async (picture, stop) =>
            {
                var ask = Ask.Get($"{Survey}/mosaic/sqrt_ts.png?rescale=0,{picture}");
                Attack.Expect(ask, await server.SendAsync(ask, stop), 200);
            });
        }),
    ];
}
