namespace TsMapSurvey.Sky;

// Hilton & Hohenkerk 2004, A&A 413, 765, eq. 6: ICRS to FK5 at J2000.0 = R1(-eta0) R2(xi0) R3(dalpha0), with the frame bias
// of IERS Conventions 2003 (eta0 = -19.9, xi0 = 9.1, dalpha0 = -22.9 milliarcseconds).
// Galactic: Reid & Brunthaler 2004, ApJ 616, 872, appendix, in the numerical form of astropy (coordinates/builtin_frames/galactic.py):
// the IAU 1958 pole and origin, defined in FK4 B1950, transformed to FK5 J2000.0 at full precision.
internal static class FrameRotation
{
    private const double MilliarcsecondDeg = 1.0 / 3_600_000;
    private const double Eta0Deg = -19.9 * MilliarcsecondDeg;
    private const double Xi0Deg = 9.1 * MilliarcsecondDeg;
    private const double Dalpha0Deg = -22.9 * MilliarcsecondDeg;

    private const double NorthGalacticPoleRaDeg = 192.8594812065348;
    private const double NorthGalacticPoleDecDeg = 27.12825118085622;
    private const double NorthCelestialPoleLonDeg = 122.9319185680026;

    private static readonly Rotation3 Fk5ToIcrs =
        (Rotation3.AboutX(-Eta0Deg) * Rotation3.AboutY(Xi0Deg) * Rotation3.AboutZ(Dalpha0Deg)).Inverse;

    private static readonly Rotation3 GalacticToIcrs = Fk5ToIcrs
        * (Rotation3.AboutZ(180 - NorthCelestialPoleLonDeg) * Rotation3.AboutY(90 - NorthGalacticPoleDecDeg)
            * Rotation3.AboutZ(NorthGalacticPoleRaDeg)).Inverse;

    // Indexed [from, to] by SkyFrame.
    private static readonly Rotation3[,] All = CreateTable();

    internal static Rotation3 Between(SkyFrame from, SkyFrame to) => All[(int)from, (int)to];

    private static Rotation3[,] CreateTable()
    {
        Rotation3[] toIcrs = [Rotation3.Identity, Fk5ToIcrs, GalacticToIcrs];
        var table = new Rotation3[3, 3];
        for (var from = 0; from < 3; from++)
            for (var to = 0; to < 3; to++)
                table[from, to] = from == to ? Rotation3.Identity : toIcrs[to].Inverse * toIcrs[from];
        return table;
    }
}
