using System.Globalization;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>Answers about positions as a table, with the same values as in JSON. What is null there is NaN, empty, 0 or -1 here.</summary>
internal static class PointTable
{
    private const string FluxUnit = "cm-2 s-1";
    private const string FluxUcd = "phot.flux;em.gamma";

    private static readonly Number[] Numbers =
    [
        new("energy_min", "Lower edge of the energy bin", "TeV", "em.energy;stat.min", one => one.EnergyMinTeV),
        new("energy_max", "Upper edge of the energy bin", "TeV", "em.energy;stat.max", one => one.EnergyMaxTeV),
        new("ts", "Test statistic", null, "stat.fit.goodness", one => one.Ts),
        new("sqrt_ts", "Significance: square root of TS, with the sign of the norm", null, "stat.snr", one => one.SqrtTs),
        new("norm", "Flux relative to the model's", null, null, one => one.Norm),
        new("norm_err", "Error of the norm", null, null, one => one.NormErr),
        new("norm_ul", "Upper limit of the norm", null, null, one => one.NormUl),
        new("flux", "Photon flux in the energy bin", FluxUnit, FluxUcd, one => one.Flux),
        new("flux_err", "Error of the flux", FluxUnit, $"stat.error;{FluxUcd}", one => one.FluxErr),
        new("flux_errn", "Negative error of the flux", FluxUnit, $"stat.error;{FluxUcd}", one => one.FluxErrn),
        new("flux_errp", "Positive error of the flux", FluxUnit, $"stat.error;{FluxUcd}", one => one.FluxErrp),
        new("flux_ul", "Upper limit of the flux", FluxUnit, $"{FluxUcd};stat.max", one => one.FluxUl),
        new("n_sigma_ul", "Confidence of the limits in standard deviations", null, null, one => one.NSigmaUl),
        new("confidence", "Confidence of the limits: erf(n_sigma_ul / sqrt(2))", null, "stat.probability", one => one.Confidence),
        new("counts", "Events in the pixel", null, "phot.count", one => one.Counts),
        new("background", "Expected background in the pixel", null, null, one => one.Background),
        new("excess", "Counts minus background", null, null, one => one.Excess),
        new("exposure", "Exposure of the pixel", "m2 s", null, one => one.Exposure),
        new("kernel_counts", "Events under the kernel, weighted", null, "phot.count", one => one.KernelCounts),
        new("kernel_background", "Background under the kernel, with the same weights", null, null, one => one.KernelBackground),
        new("kernel_exposure", "Exposure under the kernel, weighted", "m2 s", null, one => one.KernelExposure),
        new("signal", "Counts under the kernel that a source of norm 1 gives", null, null, one => one.Signal),
    ];

    /// <param name="answers">None for only the columns.</param>
    /// <param name="hasNames">Whether posted rows have names.</param>
    public static DataTable Of(IReadOnlyList<PointAnswer> answers, string survey, string map, bool hasNames = false)
    {
        IEnumerable<string> Texts(Func<PointAnswer, string?> value) => answers.Select(one => Printable(value(one)));
        IEnumerable<long> Integers(Func<PointAnswer, long> value) => answers.Select(value);
        List<TableColumn> columns = [];
        if (answers is IReadOnlyList<PostedPointAnswer> posted)
        {
            columns.Add(TableColumn.Of("row", posted.Select(one => (long)one.Row), "Row of the posted table, from 1", null, "meta.record"));
            if (hasNames)
                columns.Add(TableColumn.Of("name", posted.Select(one => Printable(one.Name)), "Name of the posted row", "meta.id"));
        }

        columns.AddRange(
        [
            TableColumn.Of("ra", answers.Select(one => one.Ra), "Right ascension (ICRS)", "deg", "pos.eq.ra;meta.main"),
            TableColumn.Of("dec", answers.Select(one => one.Dec), "Declination (ICRS)", "deg", "pos.eq.dec;meta.main"),
            TableColumn.Of("tile", Texts(one => one.Tile), "The tile that owns the pixel", "meta.id"),
            TableColumn.Of("pixel_x", Integers(one => one.PixelX ?? -1), "Column of the pixel in the survey's grid, from 0; -1 outside"),
            TableColumn.Of("pixel_y", Integers(one => one.PixelY ?? -1), "Row of the pixel in the survey's grid, from 0; -1 outside"),
            .. Numbers.Select(number => TableColumn.Of(
                number.Name, answers.Select(one => number.Value(one) ?? double.NaN), number.What, number.Unit, number.Ucd)),
            TableColumn.Of("status", Texts(one => string.Join(' ', one.Status)), "Flags of the fit", "meta.code"),
            TableColumn.Of("state", Texts(one => one.State), "State of the map, or outside", "meta.code"),
            TableColumn.Of("reason", Texts(one => one.Reason), "Why there are no values", "meta.note"),
            TableColumn.Of("revision", Integers(one => one.Revision), "Revision of the tile's map", null, "meta.version"),
            TableColumn.Of("stack_revision", Integers(one => one.StackRevision), "Revision of the tile's stack", null, "meta.version"),
            TableColumn.Of("computed_at", Texts(one => Time(one.ComputedAt)), "When the map was computed (UTC)", "time.processing"),
            TableColumn.Of("stale", answers.Select(one => one.Stale), "Whether newer data exist"),
            TableColumn.Of("slice", Texts(one => one.Slice), "Name of the slice", "meta.id"),
            TableColumn.Of("window_start", Texts(one => Time(one.WindowStart)), "Start of the slice's first night (UTC)", "time.start"),
            TableColumn.Of("window_end", Texts(one => Time(one.WindowEnd)), "End of the slice's last night (UTC)", "time.end"),
        ]);
        return new DataTable(
            "points", $"Positions in survey {survey}, map {map}", columns, [("CREATOR", "TsMapSurvey"), ("SURVEY", survey), ("MAP", map)]);
    }

    private static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture) ?? "";

    /// <summary>XML has no form for control characters and half of a surrogate pair.</summary>
    private static string Printable(string? text) => text is null ? ""
        : string.Concat(text.EnumerateRunes().Select(rune => System.Text.Rune.IsControl(rune) ? " " : rune.ToString()));

    private sealed record Number(string Name, string What, string? Unit, string? Ucd, Func<PointAnswer, double?> Value);
}
