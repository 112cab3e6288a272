// Cards: every table of the API, its columns and for whom it is, as the mock tells them.
//
// name: [wide, filters, columns, Dutch, English]; a column is "name kind Dutch|English".
const M = "municipality text Gemeente|Municipality";
const P = "provider text Aanbieder|Provider";
const S = "segment text Segment|Segment";
const PIC = ["profile text Profiel|Profile", "intensity text Intensiteit|Intensity"];
const KIND = [S, "content text Inhoud|Content", "funding text Bekostiging|Funding"];
const MONTH = "month month Maand|Month";
const CLIENTS = "clients count Jeugdigen|Clients";
const LINES = "lines count Regels|Lines";
const CENTS = "cents cents Bedrag|Amount";
const ALLOCATIONS = "allocations count Toewijzingen|Allocations";
const BUDGET = "budget_cents cents Begroot|Budgeted";

const CARDS = {
  spending: [true, "m", [M, ...KIND, MONTH, CLIENTS, LINES, CENTS], "Wat er aan zorg is goedgekeurd", "What care was approved"],
  clients: [true, "m", [M, ...KIND, MONTH, CLIENTS], "Wie een toewijzing heeft", "Who has an allocation"],
  decisions: [true, "m", [M, "verdict text Besluit|Verdict", "reason text Reden|Reason", MONTH, "facts count Feiten|Facts", ALLOCATIONS], "Wat er is besloten", "What was decided"],
  declarations: [true, "m", [M, "code text Code|Code", MONTH, "declarations count Declaraties|Declarations"], "Hoe declaraties zijn beantwoord", "How declarations were answered"],
  rejections: [true, "m", [M, "code text Code|Code", "reason text Reden|Reason", MONTH, LINES], "Welke regels zijn afgekeurd", "Which lines were rejected"],
  ledger: [false, "m", [M, "account text Rekening|Account", CENTS], "Het grootboek van het jaar", "The year's ledger"],
  providers: [false, "mp", [P, M, CLIENTS, LINES, CENTS, "rejected_lines count Afgekeurde_regels|Rejected_lines", "share share Aandeel|Share"], "Wie de zorg levert", "Who delivers the care"],
  "provider-months": [false, "mp", [P, MONTH, CENTS, LINES], "Wat een aanbieder per maand levert", "What a provider delivers by month"],
  budgets: [true, "m", [M, MONTH, BUDGET, "granted_cents cents Toegewezen|Allocated", "declared_cents cents Gedeclareerd|Declared", "approved_cents cents Goedgekeurd|Approved", "paid_cents cents Betaald|Paid", "expected_cents cents Verwacht|Expected", "open_corrections_cents cents Open_correcties|Open_corrections"], "Begroting en besteding", "Budget and spending"],
  forecast: [true, "m", [M, MONTH, "known_cents cents Bekend|Known", "expected_cents cents Verwacht|Expected", "low_cents cents Laag|Low", "high_cents cents Hoog|High", "method text Methode|Method", BUDGET, "passes_budget yes Boven_begroting|Above_budget", "may_pass_budget yes Kan_erboven|May_pass"], "Hoe het jaar uitkomt", "How the year ends"],
  "run-off": [false, "m", [M, MONTH, "delay number Maanden_later|Months_later", CENTS], "Hoe declaraties binnenkomen", "How declarations come in"],
  "run-off-factors": [false, "m", [M, "delay number Maanden_later|Months_later", "factor share Factor|Factor", "months number Gemeten_maanden|Months_measured"], "Hoe een maand nog groeit", "How a month still grows"],
  "forecast-errors": [true, "", ["months_open number Open_maanden|Months_open", "months number Gemeten_maanden|Months_measured", "mean_error share Gemiddelde_fout|Mean_error", "mean_absolute_error share Gemiddelde_afwijking|Mean_absolute_error", "within share Binnen_de_marge|Within_the_margin"], "Hoe ver de prognose ernaast zat", "How far the forecast was off"],
  drivers: [false, "m", [M, S, "months number Maanden_vergeleken|Months_compared", "before_cents cents Vorig_jaar|Year_before", "after_cents cents Dit_jaar|This_year", "volume_cents cents Volume|Volume", "price_cents cents Prijs|Price", "mix_cents cents Mix|Mix"], "Waardoor de kosten veranderen", "What drives the cost"],
  "pic-costs": [false, "mpc", [S, ...PIC, M, P, "basis text Per|Per", "trajectories count Trajecten|Trajectories", "ended count Beëindigd|Ended", "open count Lopend|Open", "seen share In_beeld|In_sight", "first_quartile_cents cents Eerste_kwartiel|First_quartile", "median_cents cents Mediaan|Median", "third_quartile_cents cents Derde_kwartiel|Third_quartile", "spread_cents cents Spreiding|Spread", "mean_cents cents Gemiddelde|Mean", "tariff_cents cents Tarief|Tariff", "needed share Nodig|Needed"], "Wat een PIC werkelijk kost", "What a PIC really costs"],
  "break-even": [false, "mpc", [P, "trajectories count Trajecten|Trajectories", "ended count Beëindigd|Ended", "seen share In_beeld|In_sight", "cost_cents cents Kosten|Cost", "tariff_cents cents Tegen_tarief|At_tariff", "needed share Nodig|Needed"], "Bij welk tarief aanbieders uitkomen", "At which tariff providers break even"],
  results: [true, "mpc", [S, ...PIC, M, P, "ended count Beëindigd|Ended", "goal_reached count Doel_bereikt|Goal_reached", "goal_not_reached count Niet_bereikt|Not_reached", "goal_missing count Doel_onbekend|Goal_unknown", "dropped_out count Voortijdig_gestopt|Dropped_out", "not_dropped_out count Niet_gestopt|Not_dropped_out", "dropout_missing count Uitval_onbekend|Dropout_unknown", "satisfaction mark Tevredenheid|Satisfaction", "satisfaction_answers count Antwoorden|Answers", "satisfaction_missing count Niet_beantwoord|Unanswered", "median_days number Mediane_duur_in_dagen|Median_days", "watched count Lang_genoeg_gevolgd|Watched_long_enough", "relapsed count Teruggekomen|Relapsed"], "Wat de zorg oplevert", "What comes of care"],
  targets: [true, "", ["code text Code|Code", "name text Doel|Target", S, "measure text Maat|Measure", "at_most yes Ten_hoogste|At_most", "aim number Streven|Aim", "reached number Bereikt|Reached", "counted count Geteld|Counted", "met yes Gehaald|Met"], "Het jaarplan", "The yearly plan"],
  "funding-paths": [true, "m", [M, S, MONTH, "planned_content text Inhoud_volgens_plan|Planned_content", "planned_funding text Bekostiging_volgens_plan|Planned_funding", CLIENTS, "clients_pic_content count Met_PIC|With_a_PIC", "clients_pic_funding count Per_PIC_betaald|Paid_by_PIC"], "Wie hoe wordt betaald", "Who is paid how"],
  "to-move": [true, "m", [M, S, "clients count Moeten_nog_over|Still_to_move", ALLOCATIONS, "moved_clients count Al_over|Moved"], "Wie nog over moet", "Who still has to move"],
  uncovered: [false, "mp", [M, P, S, CLIENTS, ALLOCATIONS, "first_day day Eerste_dag|First_day", "last_day day Laatste_dag|Last_day"], "Zorg zonder contract", "Care without a contract"],
  plans: [true, "m", ["book number Besluit|Decision", "slug text Naam|Name", "known_day day Bekend_op|Known_on", M, S, MONTH, CLIENTS, "planned_share share Volgens_plan|Planned", "real_share share Werkelijk|Real"], "Plan en werkelijkheid", "Plan and reality"],
  houses: [false, "", ["house text Huis|House", "up yes In_bedrijf|Running", "waiting number Wachtend|Waiting", "oldest_seconds number Oudste_in_seconden|Oldest_in_seconds", "set_aside number Apart_gelegd|Set_aside", "replicas number Replica’s|Replicas", "partitions_stopped number Gestopte_partities|Stopped_partitions"], "De huizen van de straat", "The houses of the street"],
  "open-requests": [false, "m", [M, "due_day day Uiterlijk|Due", "requests count Verzoeken|Requests", "overdue yes Te_laat|Overdue"], "Verzoeken die wachten", "Requests that wait"],
  deadlines: [false, "m", [M, "open_requests count Open_verzoeken|Open_requests", "overdue_requests count Te_laat|Overdue", "next_due_day day Eerstvolgende_termijn|Next_due_day"], "Termijnen per gemeente", "Deadlines by municipality"],
};

const FILTERS = { m: ["municipality"], p: ["provider"], c: ["profile", "intensity"] };

function column(text) {
  const [name, kind, headings] = text.split(" ");
  const [dutch, english] = headings.replaceAll("_", " ").split("|");
  return { name, kind, dutch, english };
}

export const cards = Object.entries(CARDS).map(([name, [wide, filters, columns, dutch, english]]) => ({
  name, dutch, english, wide, filters: [...filters].flatMap((letter) => FILTERS[letter]), columns: columns.map(column),
}));
