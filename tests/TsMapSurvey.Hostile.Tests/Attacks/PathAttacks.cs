namespace TsMapSurvey.Hostile.Tests;

/// <summary>Names in addresses that try to be something else.</summary>
internal static class PathAttacks
{
    private const string Survey = "/api/surveys/small";

    public static Attack[] Rows { get; } =
    [
        Attack.Of("a survey that climbs to /etc", Ask.Get("/api/surveys/..%2f..%2f..%2f..%2fetc%2fpasswd"), 400, 404),
        Attack.OfAll("a zero character in names",
            [Ask.Get("/api/surveys/%00"), Ask.Get($"{Survey}/tiles/%00"), Ask.Get($"{Survey}/observations/a%00.fits")], 400, 404),
        Attack.Of("a survey's name of 3,000 letters", Ask.Get($"/api/surveys/{new string('a', 3000)}"), 404),
        Attack.Of("an address of 9,000 letters", Ask.Get($"/api/surveys/{new string('a', 9000)}"), 414),
        Attack.OfAll("names in other scripts", [Ask.Get("/api/surveys/%F0%9F%92%A9"), Ask.Get("/api/surveys/sm%EF%BD%81ll"),
            Ask.Get($"{Survey}/tiles/x%D9%A0%D9%A0%D9%A1y001")], 404),
        Attack.OfAll("names that are no UTF-8", [Ask.Get($"{Survey}/observations/%ED%A0%80.fits"), Ask.Get($"{Survey}/tiles/%FF%FE"),
            Ask.Get("/api/surveys/%C0%AE%C0%AE")], 400, 404),
        Attack.OfAll("an observation outside its folder", [Ask.Get($"{Survey}/observations/..%2f..%2fsecret.fits"),
            Ask.Get($"{Survey}/observations/../../definitions/small.json"), Ask.Get($"{Survey}/observations/%2fetc%2fpasswd")], 400, 404),
        Attack.OfAll("a tile that is a file", [Ask.Get($"{Survey}/tiles/..%2fmanifest.json"),
            Ask.Get($"{Survey}/tiles/x000y000%2fmanifest.json"), Ask.Get($"{Survey}/tiles/x000y000/../../../../etc/passwd")], 400, 404),
        Attack.OfAll("a tile far outside", [Ask.Get($"{Survey}/tiles/x99999999999999y000"), Ask.Get($"{Survey}/tiles/x-01y000"),
            Ask.Get($"{Survey}/tiles/x2147483648y2147483648")], 404),
        Attack.OfAll("a map that is a file", [Ask.Get($"{Survey}/tiles/x001y001/maps/..%2f..%2f..%2fdefinitions%2fsmall.fits"),
            Ask.Get($"{Survey}/mosaic/..%2f..%2fsqrt_ts.png")], 404),
        Attack.OfAll("a page outside the pages", [Ask.Get("/page/../../../../etc/passwd"), Ask.Get("/page/%2e%2e/%2e%2e/appsettings.json"),
            Ask.Get("/page/..%5c..%5cappsettings.json")], 400, 404),
        Attack.OfAll("a job that is a folder", [Ask.Get("/api/compute/..%2fdefinitions"),
            Ask.Get("/api/compute/00000000-0000-0000-0000-000000000000"), Ask.Get("/api/compute/*")], 404),
        Attack.OfAll("pictures as large as one likes", [Ask.Get($"{Survey}/bbox/250,-46,252,-44/1000000x1000000.png"),
            Ask.Get($"{Survey}/bbox/250,-46,252,-44/99999999999x1.fits")], 400, 404, 413),
    ];
}
