using System.Globalization;
using System.Text.Json;
using TsMapSurvey.Plots;
using TsMapSurvey.Sky;

namespace TsMapSurvey.Server.Vo.Hips2Fits;

/// <summary>
/// The parameters of CDS's hips2fits: the image either by <c>wcs</c>, a FITS header as JSON, or by size, centre, field and projection.
/// </summary>
/// <param name="Grid">The image to fill.</param>
/// <param name="Format">fits, png or jpg.</param>
/// <param name="Look">Changes the quantity's own colours.</param>
internal sealed record Hips2FitsQuery(string Hips, SkyGrid Grid, string Format, Func<ColorScale, ColorScale> Look)
{
    /// <summary>Limits memory and time: about 100 MB and a few seconds.</summary>
    public const int MostPixels = 4_000_000;

    private const double WidestDeg = 360;
    private static readonly string[] Formats = ["fits", "png", "jpg"];

    /// <exception cref="Failures.RequestException">400 with all problems.</exception>
    public static Hips2FitsQuery Read(VoParameters parameters)
    {
        var hips = parameters.One("hips");
        if (hips is null) parameters.Wrong("hips", null, "SURVEY/LAYER, for example my-survey/point-sqrt_ts");
        var format = parameters.One("format") ?? "fits";
        if (!Formats.Contains(format)) parameters.Wrong("format", format, string.Join(", ", Formats));
        var look = LookOf(parameters);
        var keywords = parameters.One("wcs") is { } wcs ? OfJson(parameters, wcs) : OfField(parameters);
        parameters.Check();
        var grid = keywords is null ? null : parameters.Try(() => GridOf(keywords));
        parameters.Check();
        if ((long)grid!.Width * grid.Height > MostPixels)
            parameters.Wrong("size", $"{grid.Width} x {grid.Height} pixels", $"at most {MostPixels} pixels");
        parameters.Check();
        return new Hips2FitsQuery(hips!, grid, format, look);
    }

    private static SkyGrid GridOf(Dictionary<string, object> keywords)
    {
        int Side(string name) =>
            keywords.GetValueOrDefault(name) is double side and >= 1 and <= MostPixels && side == Math.Floor(side) ? (int)side : 0;
        return new SkyGrid(Wcs.Read(keywords), Side("NAXIS1"), Side("NAXIS2"));
    }

    /// <summary>The cards of a header, as astropy's WCS.to_header() gives them.</summary>
    private static Dictionary<string, object>? OfJson(VoParameters parameters, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 4 });
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                var cards = new Dictionary<string, object>(StringComparer.Ordinal);
                foreach (var card in json.RootElement.EnumerateObject())
                {
                    if (card.Value.ValueKind == JsonValueKind.String) cards[card.Name] = card.Value.GetString()!;
                    else if (card.Value.ValueKind == JsonValueKind.Number) cards[card.Name] = card.Value.GetDouble();
                }

                return cards;
            }
        }
        catch (JsonException)
        {
            // The same message as for other JSON than an object.
        }

        parameters.Wrong("wcs", text, "a JSON object of FITS keywords");
        return null;
    }

    /// <summary>fov is the longer side; the centre is the middle of the image.</summary>
    private static Dictionary<string, object> OfField(VoParameters parameters)
    {
        int width = parameters.Integer("width", 0, 1, MostPixels), height = parameters.Integer("height", 0, 1, MostPixels);
        foreach (var name in new[] { "width", "height" }.Where(name => parameters.One(name) is null))
            parameters.Wrong(name, null, "a number of pixels, unless there is a wcs");
        var (lon, lat) = (parameters.Needed("ra", -360, 360), parameters.Needed("dec", -90, 90));
        var fovDeg = parameters.Needed("fov", 1e-6, WidestDeg);
        var angleDeg = parameters.Number("rotation_angle", 0, -360, 360);
        var frame = parameters.One("coordsys") ?? "icrs";
        if (frame is not ("icrs" or "galactic")) parameters.Wrong("coordsys", frame, "icrs or galactic");
        var isGalactic = frame == "galactic";
        var projection = (parameters.One("projection") ?? "TAN").ToUpperInvariant();
        var stepDeg = fovDeg / Math.Max(1, Math.Max(width, height));
        // ra and dec are always ICRS; coordsys is the frame of the image.
        var centre = new SkyPosition(lon, lat, SkyFrame.Icrs).To(isGalactic ? SkyFrame.Galactic : SkyFrame.Icrs);
        var (sin, cos) = Math.SinCos(angleDeg * Math.PI / 180);
        return new Dictionary<string, object>
        {
            ["NAXIS1"] = (double)width,
            ["NAXIS2"] = (double)height,
            ["CTYPE1"] = $"{(isGalactic ? "GLON" : "RA--")}-{projection}",
            ["CTYPE2"] = $"{(isGalactic ? "GLAT" : "DEC-")}-{projection}",
            ["CRPIX1"] = (width + 1) / 2.0,
            ["CRPIX2"] = (height + 1) / 2.0,
            ["CRVAL1"] = centre.LonDeg,
            ["CRVAL2"] = centre.LatDeg,
            ["CDELT1"] = -stepDeg,
            ["CDELT2"] = stepDeg,
            ["PC1_1"] = cos,
            ["PC1_2"] = -sin,
            ["PC2_1"] = sin,
            ["PC2_2"] = cos,
        };
    }

    private static Func<ColorScale, ColorScale> LookOf(VoParameters parameters)
    {
        var colors = parameters.One("cmap") is { } cmap ? ColorsOf(parameters, cmap) : null;
        var stretch = parameters.One("stretch");
        if (stretch is not (null or "power" or "linear" or "sqrt" or "log" or "asinh"))
            parameters.Wrong("stretch", stretch, "power, linear, sqrt, log or asinh");
        var (min, max) = (CutOf(parameters, "min_cut"), CutOf(parameters, "max_cut"));
        if (min.Value >= max.Value) parameters.Wrong("min_cut", parameters.One("min_cut"), "less than max_cut");
        return own =>
        {
            var scale = own.With(null, stretch, null);
            if (colors is not null) scale = scale with { Colormap = colors };
            if (min != default) scale = scale with { Min = min.Value, LowPercentile = min.Percentile ?? 0, Includes = null };
            return max == default ? scale : scale with { Max = max.Value, HighPercentile = max.Percentile ?? 100, Includes = null };
        };
    }

    /// <summary>A colormap of ours, or matplotlib's greys, which is astroquery's default; _r at the end reverses it.</summary>
    private static Colormap? ColorsOf(VoParameters parameters, string name)
    {
        var isReversed = name.EndsWith("_r", StringComparison.Ordinal);
        var plain = (isReversed ? name[..^2] : name).ToLowerInvariant();
        // matplotlib's Greys is white at its lower end, its gray is black there.
        if (plain == "greys") (plain, isReversed) = ("gray", !isReversed);
        var known = Colormap.All.FirstOrDefault(map => map.Name == plain);
        if (known is null)
            parameters.Wrong("cmap", name, $"{string.Join(", ", Colormap.All.Select(map => map.Name))}, Greys, or one of them with _r");
        return isReversed ? known?.Reversed() : known;
    }

    private static (double? Value, double? Percentile) CutOf(VoParameters parameters, string name)
    {
        if (parameters.One(name) is not { } text) return default;
        var isPercentile = text.EndsWith('%');
        if (double.TryParse(text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            && (!isPercentile || value is >= 0 and <= 100)) return isPercentile ? (null, value) : (value, null);
        parameters.Wrong(name, text, "a number, or a percentile such as 0.5%");
        return default;
    }
}
