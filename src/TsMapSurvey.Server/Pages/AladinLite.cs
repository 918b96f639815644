using System.Text;

namespace TsMapSurvey.Server.Pages;

/// <summary>
/// The sky viewer Aladin Lite: files beside the assemblies, which the build fetched. A server without them serves a page with plain
/// pictures.
/// </summary>
internal static class AladinLite
{
    public const string Path = "/aladin-lite";

    /// <summary>
    /// Hashes for the page's style-src: of the style sheet that Aladin Lite adds to the page, and of the style attribute of one of
    /// its icons. A browser test notices when a version has others.
    /// </summary>
    public const string StyleSources =
        "'unsafe-hashes' 'sha256-cEnY4wnnUdAaYodEHQq0zu+362EwEHHSAlawP4BBKmw=' 'sha256-wkY2X5hecQzbhnFCqvTpwrUJ1f4X8LH5WFjYUzv1wmU='";

    private const string Script = "aladin.js";
    private static readonly string Folder = System.IO.Path.Combine(AppContext.BaseDirectory, "aladin-lite");

    /// <summary>The script and its licence; empty if the server was built without it.</summary>
    public static IReadOnlyList<string> Files { get; } = !File.Exists(System.IO.Path.Combine(Folder, Script)) ? []
        : [.. Directory.GetFiles(Folder).Select(file => System.IO.Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public static byte[] Read(string file) => File.ReadAllBytes(System.IO.Path.Combine(Folder, file));

    /// <summary>The page with the script's address in its meta element, which stays empty if there is no script.</summary>
    public static byte[] Named(byte[] page) => Files.Count == 0 ? page : Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(page).Replace(
            "name=\"aladin-lite\" content=\"\"", $"name=\"aladin-lite\" content=\"{Path}/{Script}\"", StringComparison.Ordinal));
}
