using TsMapSurvey.Sky.Projections;

namespace TsMapSurvey.Sky;

public sealed partial record Wcs
{
    /// <summary>
    /// Reads the celestial system of the first two axes of a header. Values are strings, integers or doubles. Absent keywords have the
    /// defaults of the FITS standard (CRPIX 0, CRVAL 0, CDELT 1, PC unit matrix, poles of paper II). Further axes and alternate systems
    /// (CRVAL1A) are ignored.
    /// </summary>
    /// <exception cref="SkyException">A keyword is missing, malformed, or not supported (projection, frame, unit or
    /// distortion).</exception>
    public static Wcs Read(IReadOnlyDictionary<string, object> keywords) => new(WcsReader.Read(keywords));

    /// <summary>The header cards of this system, in the order and with the comments of wcslib; PC elements only if they differ from the
    /// unit matrix. <see cref="Read"/> restores an equal system.</summary>
    public IEnumerable<(string Keyword, object Value, string Comment)> Keywords()
    {
        yield return ("WCSAXES", 2L, "Number of coordinate axes");
        yield return ("CRPIX1", Crpix1, "Pixel coordinate of reference point");
        yield return ("CRPIX2", Crpix2, "Pixel coordinate of reference point");
        if (Pc11 != 1) yield return ("PC1_1", Pc11, "Coordinate transformation matrix element");
        if (Pc12 != 0) yield return ("PC1_2", Pc12, "Coordinate transformation matrix element");
        if (Pc21 != 0) yield return ("PC2_1", Pc21, "Coordinate transformation matrix element");
        if (Pc22 != 1) yield return ("PC2_2", Pc22, "Coordinate transformation matrix element");
        yield return ("CDELT1", Cdelt1, "[deg] Coordinate increment at reference point");
        yield return ("CDELT2", Cdelt2, "[deg] Coordinate increment at reference point");
        yield return ("CUNIT1", "deg", "Units of coordinate increment and value");
        yield return ("CUNIT2", "deg", "Units of coordinate increment and value");
        var galactic = Frame == SkyFrame.Galactic;
        yield return ("CTYPE1", $"{(galactic ? "GLON" : "RA--")}-{_projection.Code}",
            $"{(galactic ? "Galactic longitude" : "Right ascension")}, {_projection.Description}");
        yield return ("CTYPE2", $"{(galactic ? "GLAT" : "DEC-")}-{_projection.Code}",
            $"{(galactic ? "Galactic latitude" : "Declination")}, {_projection.Description}");
        yield return ("CRVAL1", Crval1, "[deg] Coordinate value at reference point");
        yield return ("CRVAL2", Crval2, "[deg] Coordinate value at reference point");
        if (_reference != Fiducial.Of(_projection))
        {
            if (_reference.IsAtCrpix) yield return ("PV1_0", 1.0, "The reference point is at CRPIX");
            yield return ("PV1_1", _reference.PhiDeg, "[deg] Native longitude of the reference point");
            yield return ("PV1_2", _reference.ThetaDeg, "[deg] Native latitude of the reference point");
        }

        foreach (var (number, value) in _projection.Parameters.Any(one => one.Value != 0) ? _projection.Parameters : [])
            yield return ($"PV2_{number}", value, $"{_projection.Code} projection parameter");
        yield return ("LONPOLE", Lonpole, "[deg] Native longitude of celestial pole");
        yield return ("LATPOLE", Latpole, "[deg] Native latitude of celestial pole");
        if (galactic) yield break;
        yield return ("RADESYS", Frame == SkyFrame.Icrs ? "ICRS" : "FK5", "Equatorial coordinate system");
        if (Frame == SkyFrame.Fk5) yield return ("EQUINOX", 2000.0, "[yr] Equinox of equatorial coordinates");
    }
}
