using TsMapSurvey.Sky.Projections;

namespace TsMapSurvey.Sky;

/// <summary>
/// Reads the keywords of a header: FITS WCS papers I (A&amp;A 395, 1061) and II (A&amp;A 395, 1077); FITS standard 4.0, section 8.
/// </summary>
internal static class WcsReader
{
    public static WcsKeywords Read(IReadOnlyDictionary<string, object> keywords)
    {
        var header = new WcsHeader(keywords);
        var (galactic, projection) = ReadTypes(header);
        EnsureUnits(header);
        var crval2 = header.Number("CRVAL2", 0);
        var (pv21, pv22) = ReadParameters(header, projection, crval2);
        var (cdelt1, cdelt2, pc11, pc12, pc21, pc22) = ReadMatrix(header);
        return new WcsKeywords(galactic ? SkyFrame.Galactic : ReadEquatorialFrame(header), projection)
        {
            Crpix1 = header.Number("CRPIX1", 0),
            Crpix2 = header.Number("CRPIX2", 0),
            Crval1 = header.Number("CRVAL1", 0),
            Crval2 = crval2,
            Cdelt1 = cdelt1,
            Cdelt2 = cdelt2,
            Pc11 = pc11,
            Pc12 = pc12,
            Pc21 = pc21,
            Pc22 = pc22,
            Pv21 = pv21,
            Pv22 = pv22,
            Reference = ReadReference(header, projection, crval2),
            Lonpole = header.Number("PV1_3") ?? header.Number("LONPOLE"),
            Latpole = header.Number("PV1_4") ?? header.Number("LATPOLE"),
        };
    }

    // Paper II, section 3.1, "4-3 form": the coordinate type padded with hyphens to four characters, a hyphen, three letters of projection.
    private static (bool Galactic, Projection Projection) ReadTypes(WcsHeader header)
    {
        string type1 = header.Text("CTYPE1") ?? "", type2 = header.Text("CTYPE2") ?? "";
        var galactic = type1.StartsWith("GLON-", StringComparison.Ordinal);
        if (!galactic && !type1.StartsWith("RA---", StringComparison.Ordinal))
            throw SkyErrors.BadKeyword("CTYPE1", header.Text("CTYPE1"), "a celestial longitude, RA---xxx or GLON-xxx");
        var projection = type1.Length == 8 ? KnownProjections.WithCode(type1[5..]) : null;
        if (projection is null)
            throw SkyErrors.BadKeyword("CTYPE1", type1, $"one of the projections {KnownProjections.Codes} and no suffix");
        var expected = (galactic ? "GLAT-" : "DEC--") + type1[5..];
        if (type2 != expected) throw SkyErrors.BadKeyword("CTYPE2", header.Text("CTYPE2"), $"'{expected}', because CTYPE1 is '{type1}'");
        return (galactic, projection.Value);
    }

    // Paper II, table 2 and section 3.1: RADESYS; without it, EQUINOX decides; without both, ICRS.
    private static SkyFrame ReadEquatorialFrame(WcsHeader header)
    {
        var name = header.Has("RADESYS") ? "RADESYS" : "RADECSYS";
        var equinox = header.Number("EQUINOX");
        var system = header.Text(name)?.ToUpperInvariant();
        if (string.IsNullOrEmpty(system)) system = equinox is null ? "ICRS" : equinox < 1984 ? "FK4" : "FK5";
        if (system == "ICRS") return SkyFrame.Icrs;
        if (system != "FK5") throw SkyErrors.BadKeyword(name, system, "ICRS or FK5");
        return equinox is null or 2000 ? SkyFrame.Fk5 : throw SkyErrors.BadKeyword("EQUINOX", equinox, "2000");
    }

    // Paper I, section 2.1; CROTA2: paper II, section 6.1, eqs. 188 and 189. PC and CD in one header are forbidden (paper I, 2.1.2).
    private static (double, double, double, double, double, double) ReadMatrix(WcsHeader header)
    {
        var hasPc = header.HasAny("PC1_1", "PC1_2", "PC2_1", "PC2_2");
        if (header.HasAny("CD1_1", "CD1_2", "CD2_1", "CD2_2"))
        {
            if (hasPc) throw SkyErrors.BadKeyword("CD1_1", "both CD and PC", "only one of them");
            return (1, 1, header.Number("CD1_1", 0), header.Number("CD1_2", 0), header.Number("CD2_1", 0), header.Number("CD2_2", 0));
        }

        double cdelt1 = header.Number("CDELT1", 1), cdelt2 = header.Number("CDELT2", 1);
        if (hasPc)
            return (cdelt1, cdelt2, header.Number("PC1_1", 1), header.Number("PC1_2", 0), header.Number("PC2_1", 0),
                header.Number("PC2_2", 1));
        if (cdelt1 == 0 || cdelt2 == 0) throw SkyErrors.SingularMatrix(0);
        var (sin, cos) = Degrees.SinCos(header.Number("CROTA2", 0));
        return (cdelt1, cdelt2, cos, -sin * cdelt2 / cdelt1, sin * cdelt1 / cdelt2, cos);
    }

    private static void EnsureUnits(WcsHeader header)
    {
        foreach (var name in (string[])["CUNIT1", "CUNIT2"])
            if (header.Text(name) is { Length: > 0 } unit && unit != "deg") throw SkyErrors.BadKeyword(name, unit, "deg");
    }

    // PV2_m: paper II, table 13. SIN has two parameters. With TAN they are polynomial distortions (TPV, SCAMP), which are refused. The
    // other projections have none and ignore them, like wcslib. NCP, AIPS's projection onto the plane of the Earth's equator, is a slant
    // SIN (paper II, section 6.1.4).
    private static (double Pv21, double Pv22) ReadParameters(WcsHeader header, Projection projection, double crval2)
    {
        foreach (var (name, axis, number) in header.Parameters())
            if ((axis == 1 ? number > 4 : projection == Projection.Tan) && header.Number(name, 0) is not 0 and var found)
                throw SkyErrors.BadKeyword(name, found, "no distortion and no other parameter of this number");
        if (projection != Projection.Sin) return (0, 0);
        if (!IsType(header, KnownProjections.AipsNorthPole)) return (header.Number("PV2_1", 0), header.Number("PV2_2", 0));
        var (sin, cos) = Degrees.SinCos(crval2);
        return sin != 0 ? (0, cos / sin) : throw SkyErrors.BadKeyword("CRVAL2", crval2, "a non-zero latitude, because CTYPE1 is NCP");
    }

    // PV1_0 to PV1_2: paper II, section 2.5. GLS is an upright SFL with the reference point at its true latitude, as in wcslib's celfix.
    private static Fiducial? ReadReference(WcsHeader header, Projection projection, double crval2)
    {
        if (IsType(header, KnownProjections.AipsSansonFlamsteed)) return new Fiducial(0, crval2, crval2 != 0);
        if (!header.HasAny("PV1_0", "PV1_1", "PV1_2")) return null;
        var defaults = Fiducial.Of(KnownProjections.Of(projection, 0, 0));
        var given = new Fiducial(
            header.Number("PV1_1", defaults.PhiDeg), header.Number("PV1_2", defaults.ThetaDeg), header.Number("PV1_0", 0) != 0);
        if (!(Math.Abs(given.ThetaDeg) <= 90)) throw SkyErrors.BadKeyword("PV1_2", given.ThetaDeg, "a latitude from -90 to 90 degrees");
        return given with { IsAtCrpix = given.IsAtCrpix && (given.PhiDeg, given.ThetaDeg) != (defaults.PhiDeg, defaults.ThetaDeg) };
    }

    private static bool IsType(WcsHeader header, string code) => header.Text("CTYPE1")?.EndsWith(code, StringComparison.Ordinal) == true;
}
