using TsMapSurvey.Server.Vo.Products;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Vo.Sia;

/// <summary>
/// The table of ObsCore 1.1, table 6 with its erratum 1, followed by optional columns of its table 7. Unknown integers are -1, unknown
/// numbers NaN, unknown text empty.
/// </summary>
internal static class SiaTable
{
    public const string Id = "obs_publisher_did";

    /// <param name="here">The server's address, which precedes the paths of access_url.</param>
    public static DataTable Of(IReadOnlyList<(SiaRow Row, ObservedTime Time)> rows, string here)
    {
        TableColumn Text(string name, Func<SiaRow, string> value, string description, string ucd, string utype) =>
            TableColumn.Of(name, rows.Select(one => value(one.Row)), description, ucd) with { IsAscii = true, Utype = Full(utype) };
        TableColumn Whole(string name, Func<SiaRow, long> value, string description, string ucd, string utype, string? unit = null) =>
            TableColumn.Of(name, rows.Select(one => value(one.Row)), description, unit, ucd)
                with
            { Utype = Full(utype), Null = SiaRow.Unknown };
        TableColumn Number(string name, Func<SiaRow, double> value, string description, string? unit, string ucd, string utype) =>
            TableColumn.Of(name, rows.Select(one => value(one.Row)), description, unit, ucd) with { Utype = Full(utype) };
        TableColumn Time(string name, Func<ObservedTime, double> value, string description, string unit, string ucd, string utype) =>
            TableColumn.Of(name, rows.Select(one => value(one.Time)), description, unit, ucd) with { Utype = Full(utype) };

        const string Space = "Char.SpatialAxis", When = "Char.TimeAxis", Energy = "Char.SpectralAxis";
        return new DataTable("obscore", "Maps of gamma-ray surveys, which follow the data",
        [
            Text("dataproduct_type", row => row.Type, "image, or cube with energy bins", "meta.code.class", "ObsDataset.dataProductType"),
            Whole("calib_level", row => row.Level, "3: sums of calibrated observations; 4: computed from them", "meta.code;obs.calib",
                "ObsDataset.calibLevel"),
            Text("obs_collection", row => row.Product.Survey.Name, "Name of the survey", "meta.id", "DataID.collection"),
            Text("obs_id", row => row.ObservationId, "Survey, tile and slice", "meta.id", "DataID.observationID"),
            Text(Id, row => row.Product.Id, "Identifier of the product, whose content follows the data", "meta.ref.ivoid",
                "Curation.publisherDID") with { Id = Id },
            Text("access_url", row => here + row.Product.Path, "Address of the file", "meta.ref.url", "Access.reference"),
            Text("access_format", row => row.Product.Format, "Media type of the file", "meta.code.mime", "Access.format"),
            Whole("access_estsize", row => row.EstimatedKilobytes, "Estimated size of the file", "phys.size;meta.file", "Access.size",
                "kbyte"),
            Text("target_name", row => row.Target, "Name of the tile, or of the survey", "meta.id;src", "Target.name"),
            Number("s_ra", row => row.Centre.Ra, "Centre of the image: right ascension, ICRS", "deg", "pos.eq.ra",
                $"{Space}.Coverage.Location.Coord.Position2D.Value2.C1"),
            Number("s_dec", row => row.Centre.Dec, "Centre of the image: declination, ICRS", "deg", "pos.eq.dec",
                $"{Space}.Coverage.Location.Coord.Position2D.Value2.C2"),
            Number("s_fov", row => row.FieldDeg, "Diagonal of the image", "deg", "phys.angSize;instr.fov",
                $"{Space}.Coverage.Bounds.Extent.diameter"),
            Text("s_region", row => row.Region, "Border of the image", "pos.outline;obs.field", $"{Space}.Coverage.Support.Area")
                with { XType = "adql:REGION" },
            Number("s_resolution", _ => double.NaN, "Unknown: it changes with energy and position", "arcsec", "pos.angResolution",
                $"{Space}.Resolution.Refval.value"),
            Whole("s_xel1", row => row.Width, "Columns of the image", "meta.number", $"{Space}.numBins1"),
            Whole("s_xel2", row => row.Height, "Rows of the image", "meta.number", $"{Space}.numBins2"),
            Time("t_min", time => time.StartMjd, "First start of an observation, MJD (UTC); of a slice that of its nights", "d",
                "time.start;obs.exposure", $"{When}.Coverage.Bounds.Limits.StartTime"),
            Time("t_max", time => time.EndMjd, "Last end of an observation, MJD (UTC); of a slice that of its nights", "d",
                "time.end;obs.exposure", $"{When}.Coverage.Bounds.Limits.StopTime"),
            Time("t_exptime", time => time.ExposureS, "Sum of the good time intervals, where it is known", "s",
                "time.duration;obs.exposure", $"{When}.Coverage.Support.Extent"),
            Number("t_resolution", _ => double.NaN, "None", "s", "time.resolution", $"{When}.Resolution.Refval.value"),
            Whole("t_xel", _ => SiaRow.Unknown, "No axis of time", "meta.number", $"{When}.numBins"),
            Number("em_min", row => row.WavelengthMinM, "Vacuum wavelength of the highest energy", "m", "em.wl;stat.min",
                $"{Energy}.Coverage.Bounds.Limits.LoLimit"),
            Number("em_max", row => row.WavelengthMaxM, "Vacuum wavelength of the lowest energy", "m", "em.wl;stat.max",
                $"{Energy}.Coverage.Bounds.Limits.HiLimit"),
            Number("em_res_power", _ => double.NaN, "Unknown: it changes with energy", null, "spect.resolution",
                $"{Energy}.Resolution.ResolPower.refVal"),
            Whole("em_xel", row => row.Planes, "Energy bins", "meta.number", $"{Energy}.numBins"),
            Text("o_ucd", row => row.Ucd, "Kind of the quantity", "meta.ucd", "Char.ObservableAxis.ucd"),
            Text("pol_states", _ => "", "None", "meta.code;phys.polarization", "Char.PolarizationAxis.stateList"),
            Whole("pol_xel", _ => SiaRow.Unknown, "No axis of polarization", "meta.number", "Char.PolarizationAxis.numBins"),
            Text("facility_name", _ => "", "Unknown: a survey may combine several", "meta.id;instr.tel",
                "Provenance.ObsConfig.Facility.name"),
            Text("instrument_name", _ => "", "Unknown: a survey may combine several", "meta.id;instr",
                "Provenance.ObsConfig.Instrument.name"),
            Text("obs_title", row => row.Title, "What it is", "meta.title;obs", "DataID.title"),
            Number("s_pixel_scale", row => row.PixelArcsec, "Width of a pixel", "arcsec", "phys.angSize;instr.pixel",
                $"{Space}.Sampling.RefVal.SamplingPeriod"),
        ], []);
    }

    private static string Full(string utype) => $"obscore:{utype}";
}
