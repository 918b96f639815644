namespace TsMapSurvey.Maps.Units;

/// <summary>The units of the FITS standard (4.0, tables 3 to 6) with astropy's additional names, and the prefixes (table 5).</summary>
internal static class UnitNames
{
    /// <summary>1 erg in TeV, from e = 1.602176634e-19 C (exact, SI 2019).</summary>
    internal const double ErgInTeV = 1e-19 / 1.602176634e-19;

    private const double JouleInTeV = 1e7 * ErgInTeV;
    private const double MetreInCm = 100;
    private const double YearInS = 365.25 * 86400;
    private const double AstronomicalUnitInM = 149597870700;

    private static readonly (string Name, double Factor)[] Prefixes =
    [
        ("da", 1e1), ("q", 1e-30), ("r", 1e-27), ("y", 1e-24), ("z", 1e-21), ("a", 1e-18), ("f", 1e-15), ("p", 1e-12), ("n", 1e-9),
        ("u", 1e-6), ("m", 1e-3), ("c", 1e-2), ("d", 1e-1),
        ("h", 1e2), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15), ("E", 1e18), ("Z", 1e21), ("Y", 1e24), ("R", 1e27),
        ("Q", 1e30),
    ];

    private static readonly Dictionary<string, Unit> Prefixable = CreatePrefixable();

    private static readonly Dictionary<string, Unit> Plain = CreatePlain();

    /// <summary>Names without a prefix are tried first: <c>min</c> is a minute, not a milli-inch; <c>Pa</c> is not a peta-year.</summary>
    public static bool TryFind(string name, out Unit unit)
    {
        if (Plain.TryGetValue(name, out unit) || Prefixable.TryGetValue(name, out unit)) return true;
        foreach (var (prefix, factor) in Prefixes)
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal)) continue;
            if (!Prefixable.TryGetValue(name[prefix.Length..], out var known)) continue;
            unit = factor * known;
            return true;
        }

        return false;
    }

    private static Dictionary<string, Unit> CreatePrefixable()
    {
        var (metre, second, joule, steradian) =
            (MetreInCm * Unit.Base("cm"), Unit.Base("s"), JouleInTeV * Unit.Base("TeV"), (180 / Math.PI * Unit.Base("deg")).Power(2));
        var (ampere, candela, perSecond) = (Unit.Base("A"), Unit.Base("cd"), second.Power(-1));
        var kilogram = joule * metre.Power(-2) * second.Power(2);
        var coulomb = ampere * second;
        var volt = joule * coulomb.Power(-1);
        var weber = volt * second;
        var tesla = weber * metre.Power(-2);
        var ohm = volt * ampere.Power(-1);
        var au = AstronomicalUnitInM * metre;
        return new Dictionary<string, Unit>(StringComparer.Ordinal)
        {
            ["m"] = metre,
            ["g"] = 1e-3 * kilogram,
            ["s"] = second,
            ["rad"] = 180 / Math.PI * Unit.Base("deg"),
            ["sr"] = steradian,
            ["K"] = Unit.Base("K"),
            ["A"] = ampere,
            ["mol"] = Unit.Base("mol"),
            ["cd"] = candela,
            ["Hz"] = perSecond,
            ["Bq"] = perSecond,
            ["J"] = joule,
            ["W"] = joule * perSecond,
            ["V"] = volt,
            ["N"] = joule * metre.Power(-1),
            ["Pa"] = joule * metre.Power(-3),
            ["C"] = coulomb,
            ["Ohm"] = ohm,
            ["ohm"] = ohm,
            ["S"] = ohm.Power(-1),
            ["F"] = coulomb * volt.Power(-1),
            ["Wb"] = weber,
            ["T"] = tesla,
            ["H"] = weber * ampere.Power(-1),
            ["lm"] = candela * steradian,
            ["lx"] = candela * steradian * metre.Power(-2),
            ["eV"] = 1e-12 * Unit.Base("TeV"),
            ["erg"] = ErgInTeV * Unit.Base("TeV"),
            ["Ry"] = 13.605693122994e-12 * Unit.Base("TeV"),
            ["u"] = 1.66053906660e-27 * kilogram,
            ["D"] = 1e-29 / 3 * (coulomb * metre),
            ["G"] = 1e-4 * tesla,
            ["barn"] = 1e-28 * metre.Power(2),
            ["Jy"] = 1e-26 * (joule * metre.Power(-2)),
            // A rayleigh is 10¹⁰/4π photons per m² s sr.
            ["R"] = 1e10 / (4 * Math.PI) * (metre.Power(-2) * perSecond * steradian.Power(-1)),
            ["mag"] = Unit.Base("mag"),
            ["a"] = YearInS * second,
            ["yr"] = YearInS * second,
            ["pc"] = 648000 / Math.PI * au,
            ["lyr"] = 299792458 * YearInS * metre,
            ["arcsec"] = 1 / 3600.0 * Unit.Base("deg"),
            ["bit"] = Unit.Base("bit"),
            ["byte"] = 8 * Unit.Base("bit"),
        };
    }

    private static Dictionary<string, Unit> CreatePlain()
    {
        var (metre, second, degree) = (Prefixable["m"], Prefixable["s"], Unit.Base("deg"));
        var angstrom = 1e-10 * metre;
        var names = new Dictionary<string, Unit>(StringComparer.Ordinal)
        {
            ["deg"] = degree,
            ["degree"] = degree,
            ["arcmin"] = 1 / 60.0 * degree,
            ["mas"] = 1 / 3600e3 * degree,
            ["uas"] = 1 / 3600e6 * degree,
            ["sec"] = second,
            ["second"] = second,
            ["min"] = 60 * second,
            ["minute"] = 60 * second,
            ["h"] = 3600 * second,
            ["hr"] = 3600 * second,
            ["hour"] = 3600 * second,
            ["d"] = 86400 * second,
            ["day"] = 86400 * second,
            ["year"] = YearInS * second,
            ["AU"] = AstronomicalUnitInM * metre,
            ["au"] = AstronomicalUnitInM * metre,
            ["Angstrom"] = angstrom,
            ["angstrom"] = angstrom,
            ["AA"] = angstrom,
            ["micron"] = 1e-6 * metre,
            // IAU 2015 B3 for the radius, the luminosity and the mass parameter; G from CODATA 2018.
            ["solMass"] = 1.3271244e20 / 6.67430e-11 * 1e3 * Prefixable["g"],
            ["solLum"] = 3.828e26 * Prefixable["W"],
            ["solRad"] = 6.957e8 * metre,
            ["pix"] = Unit.Base("pixel"),
            ["vox"] = Unit.Base("voxel"),
            ["%"] = 0.01 * Unit.None,
        };
        foreach (var number in new[] { "ct", "count", "counts", "ph", "photon", "photons" }) names[number] = Unit.None;
        foreach (var name in new[] { "adu", "beam", "bin", "chan", "electron", "pixel", "Sun", "voxel" }) names[name] = Unit.Base(name);
        return names;
    }
}
