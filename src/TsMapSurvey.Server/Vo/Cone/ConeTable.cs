using System.Globalization;
using TsMapSurvey.Server.Api;
using TsMapSurvey.Server.Api.Candidates;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Vo.Cone;

/// <summary>
/// Candidates as a cone search has them: the standard finds id and position by UCDs that are older than UCD1+, and each must be that of one
/// column only.
/// </summary>
internal static class ConeTable
{
    /// <summary>The values of VERB.</summary>
    public const int Least = 1;
    public const int Usual = 2;
    public const int All = 3;

    private static readonly string[] OfLeast = ["ra", "dec", "pos_err", "sqrt_ts"];

    private static readonly string[] OfUsual = [.. OfLeast, "ts", "flux", "flux_err", "flux_ul", "e_min", "e_max", "tile", "tile_revision"];

    public static DataTable Of(
        IReadOnlyList<CandidateAnswer> answers, KnownSurvey survey, string map, DataVersion version, int verbosity)
    {
        var table = CandidateAnswer.ToTable(answers, survey.Name, map, version);
        var hasBins = survey.Axis(map, "ts").BinCount > 1;
        var id = TableColumn.Of("id", answers.Select(answer => Name(answer, hasBins)),
            "Name made of the position, and of the energy bin if there are several", "ID_MAIN") with
        { IsAscii = true };
        return table with
        {
            Columns =
            [
                id,
                .. table.Columns.Where(column => verbosity == All || (verbosity == Least ? OfLeast : OfUsual).Contains(column.Name))
                    .Select(WithOldUcd),
            ],
        };
    }

    /// <summary>The position by the rules of the IAU: truncated, not rounded.</summary>
    private static string Name(CandidateAnswer answer, bool hasBins)
    {
        var (tenths, arcseconds) = ((long)(answer.Ra * 2400), (long)(Math.Abs(answer.Dec) * 3600));
        var (hours, minutes, seconds) = (tenths / 36000, tenths / 600 % 60, tenths % 600);
        return string.Create(CultureInfo.InvariantCulture,
            $"J{hours:D2}{minutes:D2}{seconds / 10:D2}.{seconds % 10}{(answer.Dec < 0 ? '-' : '+')}"
            + $"{arcseconds / 3600:D2}{arcseconds / 60 % 60:D2}{arcseconds % 60:D2}{(hasBins ? $"-E{answer.EnergyBin}" : "")}");
    }

    private static TableColumn WithOldUcd(TableColumn column) => column.Name switch
    {
        "ra" => column with { Ucd = "POS_EQ_RA_MAIN" },
        "dec" => column with { Ucd = "POS_EQ_DEC_MAIN" },
        _ => column,
    };
}
