using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Vo.Links;

/// <summary>Descriptions of the services that answer about a product, for clients that read them from a table.</summary>
internal static class ServiceForms
{
    public const string CutoutId = "soda";
    public const string SodaStandard = "ivo://ivoa.net/std/SODA#sync-1.0";
    public const string LinksStandard = "ivo://ivoa.net/std/DataLink#links-1.0";

    private const string LinksId = "links";

    /// <param name="here">The server's address.</param>
    /// <param name="column">XML ID of the column with the product's identifier.</param>
    public static VoService Cutout(string here, string column) => new(
        CutoutId, SodaStandard, here + VoRoutes.Soda, "A part of the product: pixels around a region, and energy bins",
        [
            Identifier(column),
            new VoInput("POS", "char", "*", "CIRCLE, RANGE or POLYGON and its numbers, ICRS") { Ucd = "pos.outline;obs" },
            Numbers("CIRCLE", "3", "Right ascension, declination and radius, ICRS", "deg", "circle", "pos.outline;obs"),
            Numbers("POLYGON", "*", "Right ascensions and declinations of the corners, ICRS", "deg", "polygon", "pos.outline;obs"),
            Numbers("BAND", "2", "Vacuum wavelengths", "m", "interval", "em.wl;stat.interval"),
            Numbers("TIME", "2", "MJD (UTC); the product is given whole if it has data of that time", "d", "interval",
                "time.interval;obs.exposure"),
            new VoInput("POL", "char", "*", "No product has polarization states") { Ucd = "meta.code;phys.polarization" },
        ]);

    /// <inheritdoc cref="Cutout"/>
    public static VoService Links(string here, string column) => new(
        LinksId, LinksStandard, here + VoRoutes.Links, "The file, its picture, its data and the service for parts of it",
        [Identifier(column)]);

    private static VoInput Identifier(string column) =>
        new("ID", "char", "*", "Identifier of the product") { Ref = column, Ucd = "meta.id;meta.main" };

    private static VoInput Numbers(string name, string size, string description, string unit, string xtype, string ucd) =>
        new(name, "double", size, description) { Unit = unit, XType = xtype, Ucd = ucd };
}
