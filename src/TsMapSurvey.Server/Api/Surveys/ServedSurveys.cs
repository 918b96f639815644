using TsMapSurvey.Server.Published;

namespace TsMapSurvey.Server.Api.Surveys;

internal sealed record ServedSurveys(KnownSurveys Known, Tickets Tickets, PublishedMaps Published);
