using TsMapSurvey.Sky;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Estimators.Peaks;

/// <summary>Converts peaks to a table.</summary>
public static class PeakTable
{
    /// <param name="peaks">Peaks with fluxes of the kind <paramref name="flux"/>.</param>
    /// <param name="flux">The kind of the peaks' flux, which determines name and unit of its columns; null for the photon flux.</param>
    /// <param name="further">Additional columns after the others.</param>
    public static DataTable Of(IReadOnlyList<Peak> peaks, IEnumerable<TableColumn>? further = null,
        IReadOnlyList<(string Key, object Value)>? meta = null, FluxKind? flux = null)
    {
        IEnumerable<double> Each(Func<Peak, double> value) => peaks.Select(value);
        var kind = flux ?? FluxKind.Flux;
        var (what, ucd) = Meaning(kind);
        TableColumn FluxColumn(string suffix, Func<Peak, double> value, string description, string? ucdOfColumn) =>
            TableColumn.Of(
                kind.Name + suffix, Each(value), description, kind.Unit.Length == 0 ? null : kind.Unit, ucd is null ? null : ucdOfColumn);
        var galactic = peaks.Select(peak => peak.Position.To(SkyFrame.Galactic)).ToArray();
        TableColumn[] columns =
        [
            TableColumn.Of("ra", Each(peak => peak.Position.LonDeg), "Right ascension, ICRS", "deg", "pos.eq.ra;meta.main"),
            TableColumn.Of("dec", Each(peak => peak.Position.LatDeg), "Declination, ICRS", "deg", "pos.eq.dec;meta.main"),
            TableColumn.Of("glon", galactic.Select(position => position.LonDeg), "Galactic longitude", "deg", "pos.galactic.lon"),
            TableColumn.Of("glat", galactic.Select(position => position.LatDeg), "Galactic latitude", "deg", "pos.galactic.lat"),
            TableColumn.Of("pos_err", Each(peak => peak.Error.RadiusDeg),
                "68 % containment radius of the source's position, from the curvature of TS", "deg", "stat.error;pos.eq"),
            TableColumn.Of("pos_err_major", Each(peak => peak.Error.SemiMajorDeg), "Semi-major axis of the 68 % ellipse", "deg",
                "phys.angSize.smajAxis;pos.errorEllipse"),
            TableColumn.Of("pos_err_minor", Each(peak => peak.Error.SemiMinorDeg), "Semi-minor axis of the 68 % ellipse", "deg",
                "phys.angSize.sminAxis;pos.errorEllipse"),
            TableColumn.Of("pos_err_angle", Each(peak => peak.Error.PositionAngleDeg),
                "Position angle of the major axis, from north through east", "deg", "pos.posAng;pos.errorEllipse"),
            TableColumn.Of("sqrt_ts", Each(peak => peak.SqrtTs), "Significance: square root of TS", null, "stat.snr"),
            TableColumn.Of("ts", Each(peak => peak.Ts), "Test statistic", null, "stat.likelihood"),
            FluxColumn("", peak => peak.Flux, what, ucd),
            FluxColumn("_err", peak => peak.FluxErr, $"Error of the {kind.Name}", $"stat.error;{ucd}"),
            FluxColumn("_ul", peak => peak.FluxUl, $"Upper limit of the {kind.Name}", $"{ucd};stat.max"),
            TableColumn.Of("e_min", Each(peak => peak.EnergyMinTeV), "Lower edge of the energy bin", "TeV", "em.energy;stat.min"),
            TableColumn.Of("e_max", Each(peak => peak.EnergyMaxTeV), "Upper edge of the energy bin", "TeV", "em.energy;stat.max"),
            TableColumn.Of("energy_bin", peaks.Select(peak => (long)peak.EnergyBin), "Index of the map's energy bin, from 0"),
            TableColumn.Of(
                "x", peaks.Select(peak => (long)peak.X), "Pixel column of the highest pixel, from 0", null, "pos.cartesian.x;instr.pixel"),
            TableColumn.Of(
                "y", peaks.Select(peak => (long)peak.Y), "Pixel row of the highest pixel, from 0", null, "pos.cartesian.y;instr.pixel"),
            TableColumn.Of("at_edge", peaks.Select(peak => peak.AtEdge), "Whether a neighbouring pixel has no data"),
            TableColumn.Of("brighter", Each(peak => peak.BrighterDeg),
                "Separation to the nearest brighter candidate in the same energy bin", "deg", "pos.angDistance"),
        ];
        return new DataTable(
            "candidates", "Source candidates: peaks of sqrt_ts, the most significant first", [.. columns, .. further ?? []], meta ?? []);
    }

    private static (string What, string? Ucd) Meaning(FluxKind kind) => kind.Name switch
    {
        "flux" => ("Photon flux between e_min and e_max", "phot.flux;em.gamma"),
        "eflux" => ("Energy flux between e_min and e_max", "phot.flux;em.gamma"),
        "dnde" => ("Differential photon flux at the geometric mean of e_min and e_max", "phot.flux.density;em.gamma"),
        "e2dnde" =>
            ("Squared energy times differential photon flux at the geometric mean of e_min and e_max", "phot.flux.density;em.gamma"),
        _ => ("Flux relative to the model's", null),
    };
}
