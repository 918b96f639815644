using System.Globalization;
using TsMapSurvey.Hips;
using TsMapSurvey.Plots;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Sky;
using TsMapSurvey.Surveys.Layers;

namespace TsMapSurvey.Server.Vo.Hips;

/// <summary>What a layer's HiPS says about itself: the file properties, and its entry in the list of all HiPS.</summary>
internal static class HipsText
{
    // Photon energy times wavelength: h c = 1.23984198e-6 eV m (CODATA 2018, exact constants).
    private const double TeVTimesMetre = 1.2398419843320026e-18;

    /// <summary>The file properties of a version.</summary>
    /// <param name="isOfVersion">
    /// Whether they are for the path of the version. It has an identity of its own: Aladin Lite takes two HiPS of one identity for the
    /// same, and would go on showing the pixels of an earlier version.
    /// </param>
    public static string Properties(HipsVersion version, ColorScale scale, string unit, bool isOfVersion)
    {
        var (layer, index) = (version.Layer, version.Index);
        var extent = SkyExtent.Of(version.Pyramid.Tiles(version.Pyramid.Order));
        return Head(version.Survey, layer, index.MadeAt, isOfVersion ? $"?{version.Name}" : "")
            .Add("obs_description", Description(version.Survey, layer))
            .Add(
                "prov_progenitor",
                $"{HipsVersion.WithPixels(index.Parts).Count()} tiles of survey {version.Survey.Name}, version {version.Name}")
            .Add("dataproduct_subtype", "live")
            .Add("hips_builder", "TsMapSurvey")
            .Add("hips_order", version.Pyramid.Order).Add("hips_order_min", version.Cube is { } grid ? LowestOrder(grid) : 0)
            .Add("hips_tile_width", version.Cube is null ? TilePixels.Width : CubeGrid.Width).AddAll(OfCube(version.Cube))
            .Add("hips_tile_format", "fits png").Add("hips_pixel_bitpix", -32)
            .Add("hips_pixel_cut", FormattableString.Invariant($"{scale.Min:R} {scale.Max:R}"))
            .Add("hips_pixel_scale", HipsOrders.SideDeg(version.Pyramid.Order + PixelOrders(version)))
            .Add("hips_processing", Processing(version))
            .Add("hips_bunit", unit)
            .Add("hips_initial_ra", extent.Centre.LonDeg).Add("hips_initial_dec", extent.Centre.LatDeg)
            .Add("hips_initial_fov", Math.Min(180, extent.DiameterDeg))
            .Add("hips_creation_date", index.MadeAt)
            .Add("obs_regime", "Gamma-ray")
            .Add("em_min", TeVTimesMetre / layer.EnergyMaxTeV).Add("em_max", TeVTimesMetre / layer.EnergyMinTeV)
            .Add("t_min", Mjd(version, index.FirstNight)).Add("t_max", Mjd(version, index.LastNight + 1))
            .ToString();
    }

    /// <summary>The entry in the list.</summary>
    /// <param name="url">The HiPS's own address.</param>
    public static string Entry(KnownSurvey survey, SurveyLayer layer, DateTimeOffset? madeAt, string url) =>
        Head(survey, layer, madeAt).Add("hips_service_url", url)
            .Add("hips_order", GridOf(survey, layer)?.SpaceOrder ?? HipsOrders.For(survey.Survey.Tiling.PixelScaleDeg))
            .Add("hips_order_axis2", GridOf(survey, layer)?.FrequencyOrder).Add("hips_tile_format", "fits png").ToString();

    private static HipsProperties Head(KnownSurvey survey, SurveyLayer layer, DateTimeOffset? madeAt, string version = "") =>
        new HipsProperties()
        .Add("creator_did", $"ivo://tsmapsurvey/{survey.Name}/{layer.Name}{version}")
        .Add("obs_title", $"{survey.Name}: {QuantityLabels.Of(layer.Quantity).Text} of map {layer.Map}, {Band(layer)}")
        .Add("dataproduct_type", layer.Cube is null ? "image" : "spectral-cube")
        .Add("hips_version", layer.Cube is null ? "1.4" : "1.5").Add("hips_release_date", madeAt)
        .Add("hips_status", "public master unclonable").Add("hips_frame", "equatorial");

    private static CubeGrid? GridOf(KnownSurvey survey, SurveyLayer layer) =>
        layer.Cube is { } cells ? CubeGrid.For(survey.Survey.Tiling.PixelScaleDeg, cells) : null;

    /// <summary>
    /// What the draft of HiPS 2.0 asks of cubes, and hips_order_freq, which Aladin Lite 3.8 reads instead of hips_order_axis2.
    /// </summary>
    private static IEnumerable<(string Key, string Value)> OfCube(CubeGrid? grid)
    {
        if (grid is null) yield break;
        yield return ("hips_order_axis2", Number(grid.FrequencyOrder));
        yield return ("hips_order_freq", Number(grid.FrequencyOrder));
        yield return ("hips_order_hierarchy", grid.Hierarchy);
        yield return ("hips_tile_depth", Number(grid.Depth));
        var middle = FrequencyCells.EdgeHz(grid.Cells.Order, Math.Floor((grid.Cells.First + grid.Cells.End) / 2.0) + 0.5);
        yield return ("hips_initial_freq", middle.ToString("F0", CultureInfo.InvariantCulture));
    }

    /// <summary>Aladin Lite lowers the order of frequency with that of the sky, also below 0.</summary>
    private static int LowestOrder(CubeGrid grid) => Math.Max(0, grid.SpaceOrder - grid.FrequencyOrder);

    private static int PixelOrders(HipsVersion version) => version.Cube is null ? TilePixels.Depth : CubeGrid.WidthOrder;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Description(KnownSurvey survey, SurveyLayer layer) =>
        $"{QuantityLabels.Of(layer.Quantity).Text} ({layer.Quantity}) in {Band(layer)} of the gamma-ray survey {survey.Name}, kept "
        + "up to date as observations arrive. Each pixel is the pixel at its centre in the map of the tile that owns the position.";

    private static string Processing(HipsVersion version) =>
        (version.Cube is null && version.SampledFrom < version.Pyramid.Order ? $"from order {version.SampledFrom}" : "deepest order")
        + $": nearest pixel; lower orders: {version.Reduction.ToString().ToLowerInvariant()} of "
        + (version.Cube is null ? "four pixels" : "eight pixels, two along the axis of frequency");

    private static string Band(SurveyLayer layer) => FormattableString.Invariant($"{layer.EnergyMinTeV:g4} to {layer.EnergyMaxTeV:g4} TeV");

    private static double? Mjd(HipsVersion version, int? night) => night + version.Survey.Survey.Nights.StartUtcHour / 24;
}
